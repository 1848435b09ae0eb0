# Makes the reference pages from the tables that the programs carry (--print-options json, --print-commands json), so that they can't drift.
#
#   cmake -DKIND=command_man|command_completion -DPROGRAM=…/copydesk -DOUT=FILE -P generate.cmake
#   cmake -DKIND=man|completion -DPROGRAM=…/copydesk-extract -DOUT=FILE -P generate.cmake
#   cmake -DKIND=configuration|metrics "-DPROGRAMS=…/copydesk-extract,…" -DOUT=FILE [-DCHECK=FILE] -P generate.cmake
#
# With CHECK the result is compared with that file, and a difference is an error.
cmake_minimum_required(VERSION 3.25)

include(${CMAKE_CURRENT_LIST_DIR}/tables.cmake)

# --- man pages -----------------------------------------------------------------------------------------------------------

# Text for roff: backslashes and hyphens escaped, no line may begin with a control character.
function(roff result text)
  string(REPLACE "\\" "\\e" text "${text}")
  string(REPLACE "-" "\\-" text "${text}")
  string(REGEX REPLACE "^([.'])" "\\\\&\\1" text "${text}")
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

function(man_options sink json wanted)
  set(text "${${sink}}")
  last_index(last "${json}" options)
  foreach(i RANGE ${last})
    string(JSON row GET "${json}" options ${i})
    field(group "${row}" group)
    if(NOT group STREQUAL wanted)
      continue()
    endif()
    field(name "${row}" name)
    field(default "${row}" default)
    field(help "${row}" help)
    field(choices "${row}" choices)
    field(kind "${row}" kind)
    field(unit "${row}" unit)
    field(environment "${row}" environment)
    foreach(part name default help choices unit environment)
      roff(${part} "${${part}}")
    endforeach()
    string(APPEND text ".TP\n\\fB${name}\\fR = \\fI${default}\\fR\n${help}\n")
    if(choices)
      string(REPLACE "|" ", " choices "${choices}")
      string(APPEND text "One of: ${choices}.\n")
    elseif(kind MATCHES "integer|number|size|duration")
      string(APPEND text "(${kind}, ${unit})\n")
    endif()
    string(APPEND text "Environment: ${environment}.\n")
  endforeach()
  set(${sink} "${text}" PARENT_SCOPE)
endfunction()

function(make_man out)
  tables(${PROGRAM} json)
  field(name "${json}" name)
  field(summary "${json}" summary)
  field(version "${json}" version)
  string(TOUPPER "copydesk-${name}" title)
  roff(summary "${summary}")
  set(page ".TH ${title} 1 \"\" \"copydesk ${version}\" \"User Commands\"\n.SH NAME\ncopydesk\\-${name} \\- ${summary}\n")
  string(APPEND page ".SH SYNOPSIS\n.nf\n\\fBcopydesk\\-${name}\\fR [\\fB\\-\\-config\\fR FILE] [\\fB\\-X\\fR name=value]...\n"
    "\\fBcopydesk\\-${name} \\-\\-in\\fR FILE|\\- \\fB\\-\\-out\\fR FILE|\\- [\\fB\\-\\-dead\\fR FILE] [\\fB\\-X\\fR name=value]...\n.fi\n")
  string(APPEND page ".SH DESCRIPTION\nReads messages from one Kafka topic, processes each, and publishes the result to the next topic, "
    "exactly once by default.\nWith \\fB\\-\\-in\\fR or \\fB\\-\\-out\\fR it runs without Kafka over files or pipes, one JSON object a line.\n"
    ".SH FLAGS\n")
  last_index(last "${json}" flags)
  foreach(i RANGE ${last})
    field(flag "${json}" flags ${i} name)
    field(argument "${json}" flags ${i} argument)
    field(help "${json}" flags ${i} help)
    string(LENGTH "${flag}" length)
    set(dashes "--")
    if(length EQUAL 1)
      set(dashes "-")
    endif()
    roff(flag "${dashes}${flag}")
    roff(help "${help}")
    string(APPEND page ".TP\n\\fB${flag}\\fR \\fI${argument}\\fR\n${help}\n")
  endforeach()
  string(APPEND page ".SH OPTIONS\nEach is a line of the configuration file (name = value), an argument of \\fB\\-X\\fR, or an environment "
    "variable. The command line wins over the environment, which wins over the file.\n")
  foreach(group topics stage runner)
    if(group STREQUAL "topics")
      string(APPEND page ".SS Topics\n")
    elseif(group STREQUAL "stage")
      string(APPEND page ".SS This stage\n")
    else()
      string(APPEND page ".SS Runner\n")
    endif()
    man_options(page "${json}" ${group})
  endforeach()
  string(APPEND page ".SS Kafka\n.TP\n\\fBkafka.\\fINAME\\fR = \\fIVALUE\\fR\nGoes to librdkafka as NAME, which checks it. A value "
    "\\fB@/path\\fR is read from that file.\n")
  string(APPEND page ".SH SIGNALS\nSIGTERM, SIGINT and SIGHUP finish and commit what is in hand; a second one ends the process at once.\n"
    ".SH EXIT STATUS\nAs in sysexits.h: 0 done, 64 usage, 65 dead letters that were not kept, 66 no input, 69 Kafka out of reach, 70 a "
    "fault of the program, 71 the system refuses something, 73 and 74 output, 75 try again, 77 a right on the brokers is missing, 78 configuration, "
    "128 + N ended by signal N.\n"
    ".SH SEE ALSO\n\\fBcopydesk\\fR(1)\n")
  file(WRITE ${out} "${page}")
endfunction()

# --- bash completion -----------------------------------------------------------------------------------------------------

# What completes a flag's argument, by how the table names it: a|b are its values, FILE and FOLDER are files, anything else is for the user to know.
function(completion_of result argument)
  if(argument MATCHES "^[a-z]+([|][a-z]+)+$")
    string(REPLACE "|" " " argument "${argument}")
    set(${result} "COMPREPLY=($(compgen -W \"${argument}\" -- \"$word\"));" PARENT_SCOPE)
  elseif(argument MATCHES "FILE|FOLDER")
    set(${result} "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$word\"));" PARENT_SCOPE)
  else()
    set(${result} "" PARENT_SCOPE)
  endif()
endfunction()

function(make_completion out)
  tables(${PROGRAM} json)
  field(name "${json}" name)
  set(flags "")
  set(values "")
  last_index(last "${json}" flags)
  foreach(i RANGE ${last})
    field(flag "${json}" flags ${i} name)
    field(argument "${json}" flags ${i} argument)
    if(flag STREQUAL "X")
      string(APPEND flags " -X")
      continue()
    endif()
    string(APPEND flags " --${flag}")
    if(NOT argument STREQUAL "")
      completion_of(reply "${argument}")
      string(APPEND values "\t--${flag}) ${reply} return ;;\n")
    endif()
  endforeach()
  string(STRIP "${flags}" flags)
  set(keys "")
  set(cases "")
  last_index(last "${json}" options)
  foreach(i RANGE ${last})
    field(key "${json}" options ${i} name)
    field(choices "${json}" options ${i} choices)
    field(kind "${json}" options ${i} kind)
    if(kind STREQUAL "bool")
      set(choices "true|false")
    endif()
    string(APPEND keys " ${key}=")
    if(choices)
      string(REPLACE "|" " " choices "${choices}")
      string(APPEND cases "\t\t${key}) COMPREPLY=($(compgen -W \"${choices}\" -- \"$value\")) ;;\n")
    endif()
  endforeach()
  string(STRIP "${keys}" keys)
  set(function "_copydesk_${name}")
  file(WRITE ${out} "# bash completion for copydesk-${name}; made from its option tables
${function}()
{
	local word=\"\${COMP_WORDS[COMP_CWORD]}\" before=\"\${COMP_WORDS[COMP_CWORD-1]}\" key value
	COMPREPLY=()
	# bash takes = as a word of its own: -X, key, =, value
	if [[ \$before == = || \$word == = ]]; then
		[[ \$word == = ]] && value= || value=\$word
		key=\"\${COMP_WORDS[COMP_CWORD-1]}\"
		[[ \$before == = ]] && key=\"\${COMP_WORDS[COMP_CWORD-2]}\"
		case \$key in
${cases}		*) compopt -o default ;;
		esac
		return
	fi
	case \$before in
	-X)
		compopt -o nospace
		COMPREPLY=(\$(compgen -W \"${keys}\" -- \"\$word\"))
		return ;;
${values}	esac
	COMPREPLY=(\$(compgen -W \"${flags}\" -- \"\$word\"))
}
complete -F ${function} copydesk-${name}
")
endfunction()

# --- the command ---------------------------------------------------------------------------------------------------------

function(command_table result)
  execute_process(COMMAND ${PROGRAM} --print-commands json OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# Lines of an array of texts, each as it is.
function(man_lines sink json)
  set(text "${${sink}}")
  last_index(last "${json}" ${ARGN})
  if(last GREATER_EQUAL 0)
    foreach(i RANGE ${last})
      field(line "${json}" ${ARGN} ${i})
      string(STRIP "${line}" line)
      roff(line "${line}")
      string(APPEND text "${line}\n")
    endforeach()
  endif()
  set(${sink} "${text}" PARENT_SCOPE)
endfunction()

# "-n, --count N" in bold and italic.
function(man_flag result flag)
  foreach(part name letter argument default help)
    field(${part} "${flag}" ${part})
    roff(${part} "${${part}}")
  endforeach()
  set(left "")
  if(NOT letter STREQUAL "")
    set(left "\\-${letter}")
  endif()
  if(NOT letter STREQUAL "" AND NOT name STREQUAL "")
    string(APPEND left ", ")
  endif()
  if(NOT name STREQUAL "")
    string(APPEND left "\\-\\-${name}")
  endif()
  if(NOT default STREQUAL "")
    set(default " (${default})")
  endif()
  if(NOT argument STREQUAL "")
    set(argument " \\fI${argument}\\fR")
  endif()
  set(${result} ".TP\n\\fB${left}\\fR${argument}\n${help}${default}\n" PARENT_SCOPE)
endfunction()

function(make_command_man out)
  command_table(json)
  field(version "${json}" version)
  set(page ".TH COPYDESK 1 \"\" \"copydesk ${version}\" \"User Commands\"\n.SH NAME\ncopydesk \\- run and look after the news pipeline\n"
    ".SH SYNOPSIS\n.nf\n")
  list(JOIN page "" page)
  last_index(last "${json}" commands)
  foreach(i RANGE ${last})
    field(name "${json}" commands ${i} name)
    last_index(uses "${json}" commands ${i} usage)
    foreach(k RANGE ${uses})
      field(use "${json}" commands ${i} usage ${k})
      roff(use "${use}")
      string(APPEND page "\\fBcopydesk ${name}\\fR ${use}\n")
    endforeach()
  endforeach()
  string(APPEND page ".fi\n.SH DESCRIPTION\nEach subcommand does one thing around the stages \\fBcopydesk\\-extract\\fR, \\fBcopydesk\\-dedup\\fR and "
    "\\fBcopydesk\\-tag\\fR.\n.SH COMMANDS\n")
  foreach(i RANGE ${last})
    string(JSON command GET "${json}" commands ${i})
    field(name "${command}" name)
    field(summary "${command}" summary)
    field(about "${command}" about)
    roff(summary "${summary}")
    roff(about "${about}")
    string(REGEX REPLACE "\n([.'])" "\n\\\\&\\1" about "${about}")
    string(APPEND page ".SS ${name}\n${summary}.\n")
    if(NOT about STREQUAL "")
      string(APPEND page ".PP\n${about}\n")
    endif()
    last_index(flags "${command}" flags)
    foreach(k RANGE ${flags})
      string(JSON flag GET "${command}" flags ${k})
      man_flag(text "${flag}")
      string(APPEND page "${text}")
    endforeach()
    last_index(examples "${command}" examples)
    if(examples GREATER_EQUAL 0)
      string(APPEND page ".PP\nExamples:\n.nf\n.RS\n")
      man_lines(page "${command}" examples)
      string(APPEND page ".RE\n.fi\n")
    endif()
  endforeach()
  string(APPEND page ".SH ENVIRONMENT\nCOPYDESK_KAFKA_BOOTSTRAP_SERVERS and the like set kafka.* keys; the command line wins over the environment, which "
    "wins over the file. NO_COLOR turns colours off.\n"
    ".SH EXIT STATUS\nAs in sysexits.h: 0 done, 64 usage, 65 something to look at was found, 66 no input, 69 Kafka out of reach, 70 a fault of the "
    "program, 73 and 74 output, 75 try again, 77 a right is missing on the brokers, "
    "78 configuration.\n"
    ".SH SEE ALSO\n\\fBcopydesk\\-extract\\fR(1), \\fBcopydesk\\-dedup\\fR(1), \\fBcopydesk\\-tag\\fR(1)\n")
  file(WRITE ${out} "${page}")
endfunction()

function(make_command_completion out)
  command_table(json)
  set(names "")
  set(cases "")
  set(values "")
  last_index(last "${json}" commands)
  foreach(i RANGE ${last})
    string(JSON command GET "${json}" commands ${i})
    field(name "${command}" name)
    string(APPEND names " ${name}")
    set(words "")
    last_index(verbs "${command}" verbs)
    if(verbs GREATER_EQUAL 0)
      foreach(k RANGE ${verbs})
        field(verb "${command}" verbs ${k})
        string(APPEND words " ${verb}")
      endforeach()
    endif()
    set(flags "")
    last_index(count "${command}" flags)
    foreach(k RANGE ${count})
      field(flag "${command}" flags ${k} name)
      field(letter "${command}" flags ${k} letter)
      field(argument "${command}" flags ${k} argument)
      if(flag STREQUAL "")
        string(APPEND flags " -${letter}")
        string(APPEND values "\t${name}:-${letter}) return ;;\n")
        continue()
      endif()
      string(APPEND flags " --${flag}")
      if(NOT argument STREQUAL "")
        completion_of(reply "${argument}")
        if(letter)
          string(APPEND values "\t${name}:-${letter}|")
        else()
          string(APPEND values "\t")
        endif()
        string(APPEND values "${name}:--${flag}) ${reply} return ;;\n")
      endif()
    endforeach()
    string(STRIP "${words}" words)
    string(STRIP "${flags}" flags)
    string(APPEND cases "\t${name}) verbs=\"${words}\" flags=\"${flags}\" ;;\n")
  endforeach()
  string(STRIP "${names}" names)
  file(WRITE ${out} "# bash completion for copydesk; made from its table of subcommands
_copydesk()
{
	local word=\"\${COMP_WORDS[COMP_CWORD]}\" before=\"\${COMP_WORDS[COMP_CWORD-1]}\" verbs= flags=
	COMPREPLY=()
	# bash takes = as a word of its own: --flag, =, value
	[[ \$before == = ]] && before=\"\${COMP_WORDS[COMP_CWORD-2]}\"
	[[ \$word == = ]] && word=
	if ((COMP_CWORD == 1)); then
		COMPREPLY=(\$(compgen -W \"${names} --help --version\" -- \"\$word\"))
		return
	fi
	case \${COMP_WORDS[1]}:\$before in
${values}	esac
	case \${COMP_WORDS[1]} in
${cases}	help) verbs=\"${names}\" ;;
	esac
	if [[ \$word == -* ]]; then
		COMPREPLY=(\$(compgen -W \"\$flags\" -- \"\$word\"))
	elif ((COMP_CWORD == 2)) && [[ -n \$verbs ]]; then
		COMPREPLY=(\$(compgen -W \"\$verbs\" -- \"\$word\"))
	else
		compopt -o default
	fi
}
complete -F _copydesk copydesk
")
endfunction()

# --- reference pages -----------------------------------------------------------------------------------------------------

function(markdown_row page row)
  set(text "${${page}}")
  foreach(part name default help choices kind unit min max)
    field(${part} "${row}" ${part})
  endforeach()
  set(about "${kind}")
  if(choices)
    string(REPLACE "|" "`, `" choices "${choices}")
    set(about "`${choices}`")
  elseif(unit)
    set(about "${kind}, ${unit}")
  endif()
  if(NOT "${max}" STREQUAL "" AND NOT kind MATCHES "size")
    string(APPEND about ", ${min} to ${max}")
  endif()
  if(NOT "${default}" STREQUAL "")
    set(default "`${default}`")
  endif()
  string(REPLACE "|" "\\|" help "${help}")
  string(APPEND text "| `${name}` | ${default} | ${about} | ${help} |\n")
  set(${page} "${text}" PARENT_SCOPE)
endfunction()

function(markdown_options sink json wanted)
  set(text "")
  last_index(last "${json}" options)
  foreach(i RANGE ${last})
    string(JSON row GET "${json}" options ${i})
    field(group "${row}" group)
    if(group STREQUAL wanted)
      markdown_row(text "${row}")
    endif()
  endforeach()
  if(text)
    set(${sink} "${${sink}}\n| key | default | kind | meaning |\n|---|---|---|---|\n${text}" PARENT_SCOPE)
  endif()
endfunction()

function(make_configuration out)
  set(page "# Configuration

<!-- Made by docs/generate.cmake from the option tables; don't edit: `cmake --build build/release --target docs-update`. -->

Every option is a line `key = value` of the file that `--config` or `COPYDESK_CONFIG` names, an argument `-X key=value`, or an
environment variable: `topic.in` is `COPYDESK_TOPIC_IN`. The command line wins over the environment, which wins over the file.
`--print-config` shows what is in force and where it comes from; `--check` checks it, `--check --live` also asks the brokers.

- In the file, `#` begins a comment, at the begin of a line or behind a space. A value in double quotes keeps spaces and `#`; in it `\\\"` and
  `\\\\` stand for themselves.
- Sizes are bytes or have a suffix K, M or G (1024); durations are milliseconds or have a suffix ms, s, m, h or d.
- A secret or a `kafka.*` value `@/path` is read from that file. Secrets are masked in `--print-config` and never logged.
- An unknown key is an error that names the nearest known one. An unknown `COPYDESK_` variable is only a warning, because orchestrators
  put variables of their own there.

## Every stage
")
  string(REPLACE "," ";" programs "${PROGRAMS}")
  list(GET programs 0 first)
  tables(${first} json)
  markdown_options(page "${json}" runner)
  string(APPEND page "
## Kafka

`kafka.NAME = VALUE` goes to librdkafka as `NAME` and is checked at start: `kafka.bootstrap.servers`, `kafka.security.protocol`,
`kafka.sasl.mechanisms`, `kafka.sasl.username`, `kafka.sasl.password`, `kafka.ssl.ca.location` and so on.
")
  foreach(program ${programs})
    tables(${program} json)
    field(name "${json}" name)
    field(summary "${json}" summary)
    string(APPEND page "\n## copydesk-${name}\n\n${summary}\n")
    set(text "")
    markdown_options(page "${json}" topics)
    markdown_options(page "${json}" stage)
  endforeach()
  file(WRITE ${out} "${page}")
endfunction()

function(metric_rows page json first last)
  set(text "${${page}}")
  foreach(i RANGE ${first} ${last})
    string(JSON row GET "${json}" metrics ${i})
    foreach(part name type unit labels help)
      field(${part} "${row}" ${part})
    endforeach()
    string(REPLACE "," ", " labels "${labels}")
    string(APPEND text "| `${name}` | ${type} | ${unit} | ${labels} | ${help} |\n")
  endforeach()
  set(${page} "${text}" PARENT_SCOPE)
endfunction()

# The stages share their first and last rows; what lies between is a stage's own.
function(make_metrics out)
  set(head "\n| metric | type | unit | labels | meaning |\n|---|---|---|---|---|\n")
  set(page "# Metrics

<!-- Made by docs/generate.cmake from the metric table; don't edit: `cmake --build build/release --target docs-update`. -->

`http` (default `127.0.0.1:9108`) serves `/metrics` in Prometheus' text format 0.0.4, `/livez` (503 once the watchdog's limit is passed without progress)
and `/readyz` (503 until partitions are assigned or the group has none for the process, and while draining). Every `copydesk_` metric carries the label `stage`. Labels are bounded: what
doesn't fit a row's limit is counted under `other`. Messages are counted when their transaction is committed, so an aborted one isn't counted twice.

## Every stage
")
  string(REPLACE "," ";" programs "${PROGRAMS}")
  list(GET programs 0 first)
  tables(${first} json)
  field(common "${json}" metricsCommon)
  math(EXPR last "${common} - 1")
  set(rows "")
  metric_rows(rows "${json}" 0 ${last})
  string(APPEND page "${head}${rows}")
  foreach(program ${programs})
    tables(${program} json)
    field(name "${json}" name)
    last_index(last "${json}" metrics)
    if(last GREATER_EQUAL common)
      set(rows "")
      metric_rows(rows "${json}" ${common} ${last})
      string(APPEND page "\n## copydesk-${name}\n${head}${rows}")
    endif()
  endforeach()
  file(WRITE ${out} "${page}")
endfunction()

cmake_language(CALL make_${KIND} ${OUT})

if(CHECK)
  compare_or_fail(${OUT} ${CHECK})
endif()
