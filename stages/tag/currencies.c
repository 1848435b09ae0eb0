/* currencies: see currencies.h. ISO 4217 of 2024, and how newspapers write it. */
#include "tag/currencies.h"

#include <stddef.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct pair {
	const char *text, *code;
};

static const struct pair signs[] = {{"$", "USD"}, {"€", "EUR"}, {"£", "GBP"}, {"¥", "JPY"}, {"₹", "INR"}, {"₦", "NGN"}, {"₩", "KRW"},
	{"₽", "RUB"}, {"₱", "PHP"}, {"₪", "ILS"}, {"₺", "TRY"}, {"₫", "VND"}, {"₴", "UAH"}, {"฿", "THB"}, {"৳", "BDT"}, {"₡", "CRC"},
	{"₲", "PYG"}, {"₵", "GHS"}, {"₸", "KZT"}, {"₼", "AZN"}, {"₾", "GEL"}, {"₮", "MNT"}, {"₭", "LAK"}, {"¢", "cent"}};

static const struct pair dollars[] = {{"us", "USD"}, {"u.s.", "USD"}, {"a", "AUD"}, {"au", "AUD"}, {"c", "CAD"}, {"ca", "CAD"}, {"can", "CAD"},
	{"nz", "NZD"}, {"hk", "HKD"}, {"s", "SGD"}, {"sg", "SGD"}, {"nt", "TWD"}, {"r", "BRL"}, {"tt", "TTD"}, {"j", "JMD"}, {"mx", "MXN"},
	{"ar", "ARS"}, {"ec", "XCD"}, {"bds", "BBD"}, {"fj", "FJD"}, {"rd", "DOP"}, {"bz", "BZD"}, {"n", "NAD"}, {"zw", "ZWL"}, {"gy", "GYD"}};

static const char *const codes[] = {"AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT",
	"BEF", "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY",
	"COP", "CRC", "CUP", "CVE", "CZK", "DEM", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "FRF", "GBP",
	"GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "ITL",
	"JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD",
	"MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK",
	"NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR",
	"SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TRY", "TTD",
	"TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF", "XPF", "YER", "ZAR", "ZMW",
	"ZWL"};
/* Of these the ones that are English words too; they aren't read as codes. */
static const char *const words[] = {"ALL", "CUP", "MAD", "MOP", "PEN", "SOS"};

#define RUPEE "IN INR PK PKR LK LKR NP NPR MU MUR SC SCR"
#define SHILLING "KE KES TZ TZS UG UGX SO SOS"
#define DOLLAR "US USD CA CAD AU AUD NZ NZD HK HKD SG SGD TW TWD JM JMD TT TTD BB BBD BS BSD NA NAD ZW ZWL LR LRD FJ FJD GY GYD BZ BZD BN BND"
#define KRONE "DK DKK NO NOK SE SEK IS ISK"

static const struct currency_name names[] = {
	{"afghani", "AFN", NULL, 0}, {"ariary", "MGA", NULL, 0}, {"baht", "THB", NULL, 0}, {"birr", "ETB", NULL, 0},
	{"bitcoin", "BTC", NULL, 0}, {"bolivar", "VES", NULL, 0}, {"bolívar", "VES", NULL, 0}, {"boliviano", "BOB", NULL, 0},
	{"cedi", "GHS", NULL, 0}, {"cent", "cent", NULL, 0}, {"cordoba", "NIO", NULL, 1}, {"córdoba", "NIO", NULL, 1},
	{"dalasi", "GMD", NULL, 0}, {"denar", "MKD", NULL, 0}, {"deutschmark", "DEM", NULL, 0},
	{"dinar", NULL, "IQ IQD KW KWD BH BHD JO JOD TN TND LY LYD DZ DZD RS RSD", 0},
	{"dirham", "AED", "AE AED MA MAD", 0}, {"dlr", "USD", NULL, 0}, {"dollar", "USD", DOLLAR, 0}, {"dong", "VND", NULL, 0},
	{"dram", "AMD", NULL, 1}, {"euro", "EUR", NULL, 0}, {"forint", "HUF", NULL, 0},
	{"franc", NULL, "CH CHF RW RWF BI BIF CD CDF DJ DJF GN GNF KM KMF SN XOF CI XOF ML XOF BF XOF BJ XOF TG XOF NE XOF CM XAF GA XAF TD XAF "
			"CG XAF CF XAF FR FRF BE BEF", 0},
	{"gourde", "HTG", NULL, 0}, {"guarani", "PYG", NULL, 0}, {"guaraní", "PYG", NULL, 0}, {"hryvnia", "UAH", NULL, 0},
	{"kina", "PGK", NULL, 0}, {"kip", "LAK", NULL, 1}, {"koruna", "CZK", NULL, 0}, {"krona", "SEK", "SE SEK IS ISK", 0},
	{"krone", NULL, "DK DKK NO NOK", 0}, {"kroner", NULL, "DK DKK NO NOK", 0}, {"kronor", "SEK", NULL, 0}, {"kronur", "ISK", NULL, 0},
	{"kwacha", NULL, "ZM ZMW MW MWK", 0}, {"kwanza", "AOA", NULL, 0}, {"kyat", "MMK", NULL, 0}, {"lari", "GEL", NULL, 0},
	{"lei", NULL, "RO RON MD MDL", 1}, {"lempira", "HNL", NULL, 0}, {"leone", "SLE", NULL, 0}, {"lev", "BGN", NULL, 1},
	{"leva", "BGN", NULL, 0}, {"lira", "TRY", "TR TRY LB LBP SY SYP IT ITL", 0}, {"lire", "ITL", NULL, 0},
	{"manat", NULL, "AZ AZN TM TMT", 0}, {"meticais", "MZN", NULL, 0}, {"naira", "NGN", NULL, 0}, {"nakfa", "ERN", NULL, 0},
	{"ouguiya", "MRU", NULL, 0}, {"pataca", "MOP", NULL, 0}, {"pence", "penny", NULL, 0},
	{"peso", NULL, "MX MXN PH PHP AR ARS CL CLP CO COP UY UYU DO DOP CU CUP", 0}, {"penny", "penny", NULL, 0},
	{"pound", "GBP", "GB GBP EG EGP LB LBP SY SYP SD SDG SS SSP", 2}, {"pula", "BWP", NULL, 0}, {"quetzal", "GTQ", NULL, 0},
	{"rand", "ZAR", NULL, 1}, {"reais", "BRL", NULL, 0}, {"renminbi", "CNY", NULL, 0}, {"rial", "IRR", "IR IRR OM OMR YE YER", 0},
	{"riel", "KHR", NULL, 0}, {"ringgit", "MYR", NULL, 0}, {"riyal", "SAR", "SA SAR QA QAR", 0}, {"rmb", "CNY", NULL, 0},
	{"rouble", "RUB", "RU RUB BY BYN", 0}, {"ruble", "RUB", "RU RUB BY BYN", 0}, {"rupee", "INR", RUPEE, 0}, {"rupiah", "IDR", NULL, 0},
	{"shekel", "ILS", NULL, 0}, {"shilling", NULL, SHILLING, 0}, {"sol", "PEN", NULL, 1}, {"soles", "PEN", NULL, 1},
	{"som", NULL, "KG KGS UZ UZS", 1}, {"somoni", "TJS", NULL, 0}, {"soum", "UZS", NULL, 0}, {"stg", "GBP", NULL, 0},
	{"taka", "BDT", NULL, 0}, {"tenge", "KZT", NULL, 0}, {"tugrik", "MNT", NULL, 0}, {"won", "KRW", "KR KRW KP KPW", 1},
	{"yen", "JPY", NULL, 0}, {"yuan", "CNY", NULL, 0}, {"zloty", "PLN", NULL, 0}, {"zlotys", "PLN", NULL, 0}, {"złoty", "PLN", NULL, 0},
	{"zł", "PLN", NULL, 0},
};

/* Before a number, in letters; `name` where it is short for one that countries share. */
static const struct {
	const char *text, *code, *name;
} letters_before[] = {{"birr", "ETB", NULL}, {"br", "ETB", NULL}, {"cfa", NULL, NULL}, {"dh", NULL, "dirham"}, {"dhs", NULL, "dirham"}, {"ft", "HUF", NULL},
	{"ghs", "GHS", NULL}, {"gh", "GHS", NULL}, {"kr", NULL, "krone"}, {"ksh", "KES", NULL}, {"kshs", "KES", NULL}, {"kč", "CZK", NULL},
	{"re", NULL, "rupee"}, {"rm", "MYR", NULL}, {"rmb", "CNY", NULL}, {"rp", "IDR", NULL}, {"rs", NULL, "rupee"}, {"sek", "SEK", NULL},
	{"sfr", "CHF", NULL}, {"sh", NULL, "shilling"}, {"shs", NULL, "shilling"}, {"tk", "BDT", NULL}, {"tsh", "TZS", NULL},
	{"ush", "UGX", NULL}, {"ushs", "UGX", NULL}};

static const char *find(const struct pair *pairs, size_t count, struct slice text)
{
	for (size_t i = 0; i < count; i++)
		if (slice_equal_nocase(text, slice_of(pairs[i].text)))
			return pairs[i].code;
	return NULL;
}

const char *currency_of_sign(struct slice sign)
{
	return sign.len > 0 && sign.len < 4 ? find(signs, COUNT(signs), sign) : NULL;
}

bool currency_is_dollar(const char *code)
{
	for (size_t i = 0; i < COUNT(dollars); i++)
		if (strcmp(dollars[i].code, code) == 0)
			return true;
	return false;
}

const char *currency_of_dollar(struct slice letters)
{
	return letters.len > 0 && letters.len < 5 ? find(dollars, COUNT(dollars), letters) : NULL;
}

static const char *code_listed(struct slice letters)
{
	size_t low = 0, high = COUNT(codes);

	if (letters.len != 3)
		return NULL;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = memcmp(codes[middle], letters.ptr, 3);
		if (order == 0)
			return codes[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const char *currency_of_code(struct slice letters)
{
	for (size_t i = 0; i < COUNT(words); i++)
		if (slice_is(letters, words[i]))
			return NULL;
	return code_listed(letters);
}

bool currency_of_letters(struct slice letters, const char **code, const struct currency_name **name)
{
	*name = NULL;
	if ((*code = currency_of_code(letters)))
		return true;
	if (letters.len < 2 || letters.len > 4)
		return false;
	for (size_t i = 0; i < COUNT(letters_before); i++)
		if (slice_equal_nocase(letters, slice_of(letters_before[i].text))) {
			*code = letters_before[i].code;
			if (letters_before[i].name) {
				*name = currency_named(slice_of(letters_before[i].name));
				*code = (*name)->code;
			}
			return true;
		}
	return false;
}

const struct currency_name *currency_named(struct slice word)
{
	if (word.len < 3)
		return NULL;
	char first = byte_lower(word.ptr[0]);
	bool plural = byte_lower(word.ptr[word.len - 1]) == 's';
	for (size_t i = 0; i < COUNT(names); i++) {
		if (names[i].word[0] != first)
			continue;
		struct slice own = slice_of(names[i].word);
		bool equal = slice_equal_nocase(word, own) || (plural && slice_equal_nocase(slice_sub(word, 0, word.len - 1), own));
		if (equal)
			return &names[i];
	}
	return NULL;
}

const char *currency_in(const struct currency_name *name, const char country[2])
{
	for (const char *at = name->shared; at && *at; at += at[6] ? 7 : 6)
		if (memcmp(at, country, 2) == 0)
			return code_listed((struct slice){at + 3, 3});
	return NULL;
}
