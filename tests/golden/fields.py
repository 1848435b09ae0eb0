#!/usr/bin/env python3
"""One page for each way in which pages tell machines what they are about, through copydesk-extract.

    fields.py COPYDESK_EXTRACT [NAME…]

A case is a name, a head, what stands between the headline and the text, and the fields that must come out.
"""
import sys

from extracting import differences, extract, report

BODY = ("<p>The observatory on Mount Velm will open its great dome to the public in June, for the first time in nineteen years, the university said.</p>"
        "<p>Two rooms of the old keeper's house have been turned into a small museum, and the telescope has been given a new drive by a local works.</p>"
        "<p>Visitors can buy tickets at the gate every evening but Monday. The road to the top will be paved again before the winter comes, officials said.</p>")
TITLE = "<title>Observatory opens its dome | Velm Gazette</title>"
H1 = "<h1>Observatory opens its dome</h1>"
ANA = [{"name": "Ana Brandt"}]
TWO = [{"name": "Ana Brandt"}, {"name": "Tom Lind"}]
MAY = "2024-05-02T12:05:00Z"


def ld(text):
    return f'<script type="application/ld+json">{text}</script>'


def article(rest):
    return ld('{"@context":"https://schema.org","@type":"NewsArticle","headline":"Observatory opens its dome",' + rest + "}")


# name, head (behind the title), between headline and text, fields
CASES = [
    # --- JSON-LD, broken
    ("trailing commas", article('"author":[{"@type":"Person","name":"Ana Brandt",},],"datePublished":"2024-05-02T14:05:00+02:00",'), "", {"author": ANA, "datePublished": MAY}),
    ("raw line feeds in strings", article('"description":"One\nline\tand another","author":"Ana\nBrandt","datePublished":"2024-05-02T14:05:00+02:00"'), "", {"author": ANA, "datePublished": MAY}),
    ("control characters", article('"description":"a\x01b","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"'), "", {"author": ANA, "datePublished": MAY}),
    ("an HTML comment around", ld('<!--\n{"@type":"NewsArticle","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"}\n-->'), "", {"author": ANA, "datePublished": MAY}),
    ("CDATA around", ld('//<![CDATA[\n{"@type":"NewsArticle","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"}\n//]]>'), "", {"author": ANA, "datePublished": MAY}),
    ("CDATA around a list", ld('/*<![CDATA[*/[{"@type":"NewsArticle","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"}]/*]]>*/'), "", {"author": ANA, "datePublished": MAY}),
    ("two objects, one behind the other", ld('{"@type":"WebSite","name":"Velm Gazette"}{"@type":"NewsArticle","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"}'), "",
     {"author": ANA, "datePublished": MAY}),
    ("two objects and a comma", ld('{"@type":"WebSite","name":"Velm Gazette"},\n{"@type":"NewsArticle","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"}'), "",
     {"author": ANA, "datePublished": MAY}),
    ("quotes that are not escaped", article('"description":"The "great" dome","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"'), "", {"author": ANA, "datePublished": MAY}),
    ("a quote before a comma", article('"description":"It is "great", they said","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"'), "", {"author": ANA, "datePublished": MAY}),
    ("references as quotes", ld('{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;author&quot;:&quot;Ana Brandt&quot;,&quot;datePublished&quot;:&quot;2024-05-02T14:05:00+02:00&quot;}'), "",
     {"author": ANA, "datePublished": MAY}),
    ("a missing comma", article('"author":"Ana Brandt"\n"datePublished":"2024-05-02T14:05:00+02:00"'), "", {"author": ANA, "datePublished": MAY}),
    ("cut off at the end", ld('{"@type":"NewsArticle","author":{"@type":"Person","name":"Ana Brandt"},"datePublished":"2024-05-02T14:05:00+02:00","publisher":{"@type":"Organiz'), "",
     {"author": ANA, "datePublished": MAY}),
    ("single quotes", ld("{'@type':'NewsArticle','author':'Ana Brandt','datePublished':'2024-05-02T14:05:00+02:00'}"), "", {"author": ANA, "datePublished": MAY}),
    ("an empty value", article('"wordCount":,"author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"'), "", {"author": ANA, "datePublished": MAY}),
    ("undefined as a value", article('"video":undefined,"author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"'), "", {"author": ANA, "datePublished": MAY}),
    ("a byte-order mark in front", ld('\ufeff{"@type":"NewsArticle","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"}'), "", {"author": ANA, "datePublished": MAY}),
    ("a semicolon behind", ld('{"@type":"NewsArticle","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"};'), "", {"author": ANA, "datePublished": MAY}),
    ("an assignment in front", ld('var data = {"@type":"NewsArticle","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"};'), "", {"author": ANA, "datePublished": MAY}),
    ("a doubled comma", article('"author":"Ana Brandt",,"datePublished":"2024-05-02T14:05:00+02:00"'), "", {"author": ANA, "datePublished": MAY}),
    ("a bad escape", article(r'"description":"it\'s \x great","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"'), "", {"author": ANA, "datePublished": MAY}),
    ("one script broken beyond repair", ld("{{{ not JSON") + article('"author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"'), "", {"author": ANA, "datePublished": MAY}),
    ("type with parameters", '<script type="application/ld+json; charset=utf-8">{"@type":"NewsArticle","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"}</script>', "", {"author": ANA, "datePublished": MAY}),
    # --- JSON-LD, shapes
    ("a graph", ld('{"@context":"https://schema.org","@graph":[{"@type":"WebPage","@id":"#w"},{"@type":"NewsArticle","isPartOf":{"@id":"#w"},"author":{"@id":"#ana"},"publisher":{"@id":"#g"},'
                   '"datePublished":"2024-05-02T14:05:00+02:00"},{"@type":"Person","@id":"#ana","name":"Ana Brandt"},{"@type":"Organization","@id":"#g","name":"Velm Gazette"}]}'), "",
     {"author": ANA, "datePublished": MAY, "publisher": "Velm Gazette"}),
    ("references in a list", ld('{"@graph":[{"@type":"NewsArticle","author":[{"@id":"#ana"},{"@id":"#tom"}],"datePublished":"2024-05-02T14:05:00+02:00"},{"@type":"Person","@id":"#ana","name":"Ana Brandt"},'
                                '{"@type":"Person","@id":"#tom","name":"Tom Lind"}]}'), "", {"author": TWO}),
    ("a reference to another script", article('"author":{"@id":"#ana"},"datePublished":"2024-05-02T14:05:00+02:00"') + ld('{"@type":"Person","@id":"#ana","name":"Ana Brandt"}'), "", {"author": ANA}),
    ("a reference as a string", ld('{"@graph":[{"@type":"NewsArticle","author":"#ana","datePublished":"2024-05-02T14:05:00+02:00"},{"@type":"Person","@id":"#ana","name":"Ana Brandt"}]}'), "", {"author": ANA}),
    ("a list of types", ld('{"@type":["Article","NewsArticle"],"author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"}'), "", {"author": ANA, "datePublished": MAY}),
    ("a type with its address", ld('{"@type":"http://schema.org/NewsArticle","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"}'), "", {"author": ANA, "datePublished": MAY}),
    ("a list at the top", ld('[{"@type":"BreadcrumbList","itemListElement":[]},{"@type":"NewsArticle","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"}]'), "", {"author": ANA}),
    ("a main entity", ld('{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"}}'), "", {"author": ANA, "datePublished": MAY}),
    ("an article within a page", ld('{"@type":"ItemPage","mainEntityOfPage":{"@type":"NewsArticle","author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00"}}'), "", {"author": ANA, "datePublished": MAY}),
    ("authors as strings", article('"author":["Ana Brandt","Tom Lind"]'), "", {"author": TWO}),
    ("authors in one string", article('"author":"Ana Brandt, Tom Lind"'), "", {"author": TWO}),
    ("authors joined by and", article('"author":{"@type":"Person","name":"Ana Brandt and Tom Lind"}'), "", {"author": TWO}),
    ("a list of names", article('"author":{"@type":"Person","name":["Ana Brandt","Tom Lind"]}'), "", {"author": TWO}),
    ("parts of a name", article('"author":{"@type":"Person","givenName":"Ana","familyName":"Brandt"}'), "", {"author": ANA}),
    ("an address and a job", article('"author":{"@type":"Person","name":"Ana Brandt","email":"mailto:ana@gazette.example","jobTitle":"Science editor"}'), "",
     {"author": [{"name": "Ana Brandt", "email": "ana@gazette.example", "role": "Science editor"}]}),
    ("an author with the site behind", article('"author":{"@type":"Person","name":"Ana Brandt, Velm Gazette"},"publisher":{"name":"Velm Gazette"}'), "", {"author": ANA}),
    ("an author with a bar and the site", article('"author":{"@type":"Person","name":"Ana Brandt | Velm Gazette"},"publisher":{"name":"Velm Gazette"}'), "", {"author": ANA}),
    ("the site as author, people in the byline", article('"author":{"@type":"Organization","name":"Velm Gazette"},"publisher":{"name":"Velm Gazette"}'), '<p class="byline">By Ana Brandt</p>', {"author": ANA}),
    ("the site as author and nobody else", article('"author":{"@type":"Organization","name":"Velm Gazette"},"publisher":{"name":"Velm Gazette"}'), "", {"author": [{"name": "Velm Gazette"}]}),
    ("a job as author", article('"author":{"@type":"Person","name":"Staff Reporter"}'), "", {"author": []}),
    ("a desk as author, people in the byline", article('"author":{"@type":"Person","name":"News Desk"}'), '<p class="byline">By Ana Brandt</p>', {"author": ANA}),
    ("an agency as author", article('"author":{"@type":"Organization","name":"Reuters"}'), "", {"author": [{"name": "Reuters"}], "creditText": "Reuters"}),
    ("an agency beside a person", article('"author":[{"name":"Ana Brandt"},{"name":"AFP"}]'), "", {"author": ANA + [{"name": "AFP"}], "creditText": "AFP"}),
    ("an author's address for a name", article('"author":{"@type":"Person","name":"https://gazette.example/ana"}'), '<p class="byline">By Ana Brandt</p>', {"author": ANA}),
    ("creator and no author", article('"creator":["Ana Brandt"]'), "", {"author": ANA}),
    ("an author who is null", article('"author":null,"creator":{"name":"Ana Brandt"}'), "", {"author": ANA}),
    ("modified only", article('"dateModified":"2024-05-03T09:10:00Z"'), "", {"datePublished": None, "dateModified": "2024-05-03T09:10:00Z"}),
    ("created and modified", article('"dateCreated":"2024-05-02T12:05:00Z","dateModified":"2024-05-03T09:10:00Z"'), "", {"datePublished": MAY, "dateModified": "2024-05-03T09:10:00Z"}),
    ("keywords in one string", article('"keywords":"dome, stars,museum"'), "", {"keywords": ["dome", "stars", "museum"]}),
    ("keywords in a list", article('"keywords":["dome","stars"]'), "", {"keywords": ["dome", "stars"]}),
    ("keywords in one string in a list", article('"keywords":["dome,stars"]'), "", {"keywords": ["dome", "stars"]}),
    ("keywords as terms", article('"keywords":[{"@type":"DefinedTerm","name":"dome"},{"@type":"DefinedTerm","name":"stars"}]'), "", {"keywords": ["dome", "stars"]}),
    ("a section in a list", article('"articleSection":["Science","News"]'), "", {"articleSection": "Science"}),
    ("a picture told by JSON-LD", article('"image":{"@type":"ImageObject","url":"/dome.jpg","caption":"The dome","creditText":"Eva Roth"}'), "",
     {"image": [{"url": "https://gazette.example/dome.jpg", "caption": "The dome", "credit": "Eva Roth"}]}),
    ("a picture in a figure", "", '<figure><img src="dome.jpg" alt=""><figcaption>The dome. Photo: Eva Roth</figcaption></figure>',
     {"image": [{"url": "https://gazette.example/news/dome.jpg", "caption": "The dome.", "credit": "Eva Roth"}]}),
    ("every field has its source", '<meta property="og:site_name" content="Velm Gazette"><meta property="article:section" content="Science"><meta name="keywords" content="dome, stars"><link rel=canonical href="/dome">'
     + article('"author":"Ana Brandt","datePublished":"2024-05-02T14:05:00+02:00","image":{"url":"/dome.jpg","caption":"The dome","creditText":"Eva Roth"}'), "<p>Source: Reuters</p>",
     {"extraction.sources": {"headline": "json-ld", "canonicalUrl": "link", "author": "json-ld", "creditText": "text", "datePublished": "json-ld", "publisher": "opengraph", "articleSection": "opengraph",
                             "keywords": "meta", "inLanguage": "text", "image": "json-ld"}}),
    # --- OpenGraph, meta
    ("OpenGraph", '<meta property="og:title" content="Observatory opens its dome"><meta property="og:site_name" content="Velm Gazette"><meta property="article:author" content="Ana Brandt">'
     '<meta property="article:published_time" content="2024-05-02T14:05:00+02:00"><meta property="article:modified_time" content="2024-05-03T09:10:00Z"><meta property="article:section" content="Science">'
     '<meta property="article:tag" content="dome"><meta property="article:tag" content="stars"><meta property="og:url" content="https://gazette.example/dome">', "",
     {"author": ANA, "datePublished": MAY, "dateModified": "2024-05-03T09:10:00Z", "publisher": "Velm Gazette", "articleSection": "Science", "keywords": ["dome", "stars"],
      "canonicalUrl": "https://gazette.example/dome"}),
    ("an author that is an address", '<meta property="article:author" content="https://facebook.example/ana">', '<p class="byline">By Ana Brandt</p>', {"author": ANA}),
    ("several OpenGraph authors", '<meta property="article:author" content="Ana Brandt"><meta property="article:author" content="Tom Lind">', "", {"author": TWO}),
    ("Dublin Core", '<meta name="DC.title" content="Observatory opens its dome"><meta name="DC.creator" content="Brandt, Ana"><meta name="DC.date.issued" content="2024-05-02"><meta name="DC.publisher" content="Velm Gazette">'
     '<meta name="DC.subject" content="dome; stars">', "", {"author": ANA, "datePublished": "2024-05-02T00:00:00Z", "publisher": "Velm Gazette", "keywords": ["dome", "stars"]}),
    ("Dublin Core terms", '<meta name="dcterms.creator" content="Ana Brandt"><meta name="dcterms.created" content="2024-05-02T14:05:00+02:00"><meta name="dcterms.modified" content="2024-05-03T09:10:00Z">', "",
     {"author": ANA, "datePublished": MAY, "dateModified": "2024-05-03T09:10:00Z"}),
    ("parsely", '<meta name="parsely-author" content="Ana Brandt"><meta name="parsely-pub-date" content="2024-05-02T12:05:00Z"><meta name="parsely-section" content="Science"><meta name="parsely-tags" content="dome,stars">', "",
     {"author": ANA, "datePublished": MAY, "articleSection": "Science", "keywords": ["dome", "stars"]}),
    ("parsely-page", """<meta name="parsely-page" content='{"title":"Observatory opens its dome","authors":["Ana Brandt","Tom Lind"],"pub_date":"2024-05-02T12:05:00Z","section":"Science","tags":["dome","stars"]}'>""", "",
     {"author": TWO, "datePublished": MAY, "articleSection": "Science", "keywords": ["dome", "stars"]}),
    ("sailthru", '<meta name="sailthru.author" content="Ana Brandt"><meta name="sailthru.date" content="2024-05-02 14:05:00 +0200"><meta name="sailthru.tags" content="dome, stars">', "",
     {"author": ANA, "datePublished": MAY, "keywords": ["dome", "stars"]}),
    ("citation", '<meta name="citation_author" content="Brandt, Ana"><meta name="citation_author" content="Lind, Tom"><meta name="citation_publication_date" content="2024/05/02"><meta name="citation_title" content="Observatory opens its dome">', "",
     {"author": TWO, "datePublished": "2024-05-02T00:00:00Z"}),
    ("meta author with a job", '<meta name="author" content="Ana Brandt, Science Editor">', "", {"author": [{"name": "Ana Brandt", "role": "Science Editor"}]}),
    ("meta author is the site", '<meta name="author" content="Velm Gazette"><meta property="og:site_name" content="Velm Gazette">', '<p>By Ana Brandt and Tom Lind</p>', {"author": TWO}),
    ("several meta authors", '<meta name="author" content="Ana Brandt"><meta name="author" content="Tom Lind">', "", {"author": TWO}),
    ("names with semicolons", '<meta name="author" content="Ana Brandt; Tom Lind">', "", {"author": TWO}),
    ("surnames first, with semicolons", '<meta name="author" content="Brandt, Ana; Lind, Tom">', "", {"author": TWO}),
    ("last-modified is no publishing date", '<meta http-equiv="last-modified" content="Fri, 03 May 2024 09:10:00 GMT">', "", {"datePublished": None, "dateModified": "2024-05-03T09:10:00Z"}),
    ("news keywords before keywords", '<meta name="keywords" content="a b, c d, e f, g h"><meta name="news_keywords" content="dome, stars">', "", {"keywords": ["dome", "stars"]}),
    ("itemprop on meta", '<meta itemprop="datePublished" content="2024-05-02T14:05:00+02:00"><meta itemprop="author" content="Ana Brandt"><meta itemprop="keywords" content="dome,stars">', "",
     {"author": ANA, "datePublished": MAY, "keywords": ["dome", "stars"]}),
    ("a canonical link that is relative", '<link rel="canonical" href="/science/dome">', "", {"canonicalUrl": "https://gazette.example/science/dome"}),
    ("a canonical link without a scheme", '<link rel="Canonical" href="//gazette.example/science/dome">', "", {"canonicalUrl": "https://gazette.example/science/dome"}),
    ("a canonical link relative to the page", '<link rel="canonical" href="dome.html">', "", {"canonicalUrl": "https://gazette.example/news/dome.html"}),
    ("a canonical link to a base", '<base href="https://www.gazette.example/x/"><link rel="canonical" href="dome.html">', "", {"canonicalUrl": "https://www.gazette.example/x/dome.html"}),
    ("canonical in JSON-LD only", ld('{"@type":"NewsArticle","headline":"Observatory opens its dome","mainEntityOfPage":{"@type":"WebPage","@id":"https://gazette.example/dome"}}'), "", {"canonicalUrl": "https://gazette.example/dome"}),
    ("the front page in JSON-LD is nobody's address", ld('{"@type":"NewsArticle","headline":"Observatory opens its dome","mainEntityOfPage":"https://gazette.example/"}'), "", {"canonicalUrl": None}),
    ("another site's address in JSON-LD", ld('{"@type":"NewsArticle","headline":"Observatory opens its dome","url":"https://wire.example/dome"}'), "", {"canonicalUrl": None}),
    # --- microdata, RDFa, time
    ("microdata", "", '<div itemscope itemtype="http://schema.org/NewsArticle"><span itemprop="author" itemscope itemtype="http://schema.org/Person">By <span itemprop="name">Ana Brandt</span></span>'
     '<time itemprop="datePublished" datetime="2024-05-02T14:05:00+02:00">2 May</time><time itemprop="dateModified" datetime="2024-05-03T09:10:00Z">3 May</time><span itemprop="articleSection">Science</span></div>',
     {"author": ANA, "datePublished": MAY, "dateModified": "2024-05-03T09:10:00Z", "articleSection": "Science"}),
    ("microdata, several authors", "", '<span itemprop="author"><span itemprop="name">Ana Brandt</span></span> <span itemprop="author"><span itemprop="name">Tom Lind</span></span>', {"author": TWO}),
    ("RDFa", "", '<div vocab="http://schema.org/" typeof="NewsArticle"><span property="author" typeof="Person"><span property="name">Ana Brandt</span></span>'
     '<time property="datePublished" datetime="2024-05-02T14:05:00+02:00">2 May</time><span property="dateModified" content="2024-05-03T09:10:00Z">3 May</span><span property="articleSection">Science</span></div>',
     {"author": ANA, "datePublished": MAY, "dateModified": "2024-05-03T09:10:00Z", "articleSection": "Science"}),
    ("RDFa with prefixes", "", '<span property="schema:author">Ana Brandt</span><span property="dc:date" content="2024-05-02T14:05:00+02:00">2 May</span>', {"author": ANA, "datePublished": MAY}),
    ("RDFa of a blog system", "", '<span property="dc:date dc:created" content="2024-05-02T14:05:00+02:00" datatype="xsd:dateTime">2 May</span><span property="foaf:name">Ana Brandt</span>', {"datePublished": MAY}),
    ("time", "", '<p><time datetime="2024-05-02T14:05:00+02:00">2 May 2024</time></p>', {"datePublished": MAY}),
    ("time of the change named by its class", "", '<p><time class="updated" datetime="2024-05-03T09:10:00Z">3 May</time> <time class="published" datetime="2024-05-02T14:05:00+02:00">2 May</time></p>',
     {"datePublished": MAY, "dateModified": "2024-05-03T09:10:00Z"}),
    ("time of the change told by a word", "", '<p>Last updated: <time datetime="2024-05-03T09:10:00Z">3 May</time></p><p>First published: <time datetime="2024-05-02T14:05:00+02:00">2 May</time></p>',
     {"datePublished": MAY, "dateModified": "2024-05-03T09:10:00Z"}),
    ("time of the change told within", "", '<time datetime="2024-05-03T09:10:00Z">Updated 3 May 2024</time> <time datetime="2024-05-02T14:05:00+02:00">2 May 2024</time>',
     {"datePublished": MAY, "dateModified": "2024-05-03T09:10:00Z"}),
    ("time of the change in a line of its own", "", '<div><span>Aktualisiert</span> <span><time datetime="2024-05-03T09:10:00Z">3. Mai</time></span></div><div><span>Erstellt</span> <time datetime="2024-05-02T14:05:00+02:00">2. Mai</time></div>',
     {"datePublished": MAY, "dateModified": "2024-05-03T09:10:00Z"}),
    ("times of comments and teasers", "", '<aside><time datetime="2023-01-01T00:00:00Z">1 Jan</time></aside><p><time datetime="2024-05-02T14:05:00+02:00">2 May</time></p><div class="comments"><time datetime="2024-05-09T00:00:00Z">9 May</time></div>', {"datePublished": MAY}),
    ("a duration is no date", "", '<time datetime="PT5M30S">5:30</time><time datetime="2024-05-02T14:05:00+02:00">2 May</time>', {"datePublished": MAY}),
    ("seconds since 1970 in an attribute", "", '<time data-timestamp="1714651500" datetime="1714651500">2 May</time>', {"datePublished": MAY}),
    # --- dates
    ("offset without a colon", article('"datePublished":"2024-05-02T14:05:00+0200"'), "", {"datePublished": MAY}),
    ("a blank before the offset", article('"datePublished":"2024-05-02 14:05:00 +0200"'), "", {"datePublished": MAY}),
    ("RFC 2822", article('"datePublished":"Thu, 02 May 2024 14:05:00 +0200"'), "", {"datePublished": MAY}),
    ("milliseconds since 1970", article('"datePublished":1714651500000'), "", {"datePublished": MAY}),
    ("a date object", article('"datePublished":{"@type":"Date","@value":"2024-05-02T14:05:00+02:00"}'), "", {"datePublished": MAY}),
    ("no year of the web", article('"datePublished":"0001-01-01T00:00:00Z"'), '<time datetime="2024-05-02T14:05:00+02:00">2 May</time>', {"datePublished": MAY}),
    ("the epoch is no date", article('"datePublished":"1970-01-01T00:00:00Z"'), '<time datetime="2024-05-02T14:05:00+02:00">2 May</time>', {"datePublished": MAY}),
    ("a later field with the offset", article('"datePublished":"2024-05-02T14:05:00"') + '<meta property="article:published_time" content="2024-05-02T14:05:00+02:00">', "", {"datePublished": MAY}),
    ("nothing but the address", "", "", {"datePublished": None}),
    # --- bylines
    ("a byline that tells more authors than the field", article('"author":{"name":"Ana Brandt"}'), '<p class="byline">By Ana Brandt and Tom Lind</p>', {"author": TWO}),
    ("a byline of somebody else than the field", article('"author":{"name":"Ana Brandt"}'), '<p class="byline">By Tom Lind and Eva Roth</p>', {"author": ANA}),
    ("a byline with the agency that the field leaves out", article('"author":{"name":"Ana Brandt"}'), '<p class="byline">By Ana Brandt, Reuters</p>', {"author": ANA, "creditText": "Reuters"}),
    ("authors of teasers in scopes of their own", "", '<div itemscope itemtype="http://schema.org/NewsArticle"><span itemprop="author">Ana Brandt</span></div>'
     '<div itemscope itemtype="http://schema.org/NewsArticle"><span itemprop="author">Eva Roth</span></div>', {"author": ANA}),
    ("a desk with a person", "", '<p class="byline">By Ana Brandt, Science Desk</p>', {"author": [{"name": "Ana Brandt", "role": "Science Desk"}]}),
    ("a job before the name", "", '<p class="byline">By Science Editor Ana Brandt</p>', {"author": [{"name": "Ana Brandt", "role": "Science Editor"}]}),
    ("a name that looks like an opener", article('"author":"Theo Walker"'), "", {"author": [{"name": "Theo Walker"}]}),
    ("a family name with a particle in front", article('"author":"Di Stefano, Carla"'), "", {"author": [{"name": "Carla Di Stefano"}]}),
    ("a byline with the age of the story", "", '<p class="byline">By Ana Brandt 2 hours ago</p>', {"author": ANA}),
    ("a byline with a reading time", "", '<p class="byline">Ana Brandt · 5 min read</p>', {"author": ANA}),
    ("a byline with a share label", "", '<p class="byline">By Ana Brandt | Share</p>', {"author": ANA}),
    ("text and picture", "", '<p class="byline">Text: Ana Brandt, Foto: Bo Ek</p>', {"author": ANA}),
    ("source in Chinese", "", '<p>来源：新华社 | 作者：陈雨桐</p>', {"author": [{"name": "陈雨桐"}], "creditText": "新华社"}),
    ("place behind the name in Chinese", "", '<p>【記者陳雨桐／台北報導】</p>', {"author": [{"name": "陳雨桐"}]}),
    ("by A, B and C", "", '<p class="byline">By Ana Brandt, Tom Lind and Eva Roth</p>', {"author": TWO + [{"name": "Eva Roth"}]}),
    ("a serial comma", "", '<p class="byline">By Ana Brandt, Tom Lind, and Eva Roth</p>', {"author": TWO + [{"name": "Eva Roth"}]}),
    ("links to authors", "", '<p class="byline">By <a href="/author/ana">Ana Brandt</a> and <a href="/author/tom">Tom Lind</a></p>', {"author": TWO}),
    ("an address behind", "", '<p class="byline">By Ana Brandt <a href="mailto:ana@gazette.example">ana@gazette.example</a></p>', {"author": [{"name": "Ana Brandt", "email": "ana@gazette.example"}]}),
    ("an address in the link alone", "", '<p class="byline">By <a href="mailto:ana@gazette.example">Ana Brandt</a></p>', {"author": [{"name": "Ana Brandt", "email": "ana@gazette.example"}]}),
    ("two addresses", "", '<p class="byline">Ana Brandt ana@gazette.example, Tom Lind tom@gazette.example</p>',
     {"author": [{"name": "Ana Brandt", "email": "ana@gazette.example"}, {"name": "Tom Lind", "email": "tom@gazette.example"}]}),
    ("a job in a line below", "", '<div class="byline"><div>By Ana Brandt</div><div>Science Editor</div></div>', {"author": [{"name": "Ana Brandt", "role": "Science Editor"}]}),
    ("a person and the site", '<meta property="og:site_name" content="Velm Gazette">', '<p class="byline">By Ana Brandt, Velm Gazette</p>', {"author": ANA}),
    ("a person of the site", '<meta property="og:site_name" content="Velm Gazette">', '<p class="byline">Ana Brandt for Velm Gazette</p>', {"author": ANA}),
    ("a person and an agency", "", '<p class="byline">By Ana Brandt, Associated Press</p>', {"author": ANA + [{"name": "Associated Press"}], "creditText": "Associated Press"}),
    ("a person and a slash and an agency", "", '<p class="byline">Ana Brandt/AFP</p>', {"author": ANA + [{"name": "AFP"}], "creditText": "AFP"}),
    ("only an agency", "", '<p class="byline">By Reuters Staff</p>', {"author": [{"name": "Reuters"}], "creditText": "Reuters"}),
    ("only an agency in a plain line", "", '<p class="source">Source: Reuters</p>', {"author": [], "creditText": "Reuters"}),
    ("byline and date in one element", "", '<p class="byline">By Ana Brandt | Published 2 May 2024</p>', {"author": ANA, "datePublished": "2024-05-02T00:00:00Z"}),
    ("byline and date in one breath", "", '<p class="byline">By Ana Brandt Published 2 May 2024</p>', {"author": ANA, "datePublished": "2024-05-02T00:00:00Z"}),
    ("byline, weekday and date", "", '<p class="byline">By Ana Brandt, Thursday, May 2, 2024</p>', {"author": ANA, "datePublished": "2024-05-02T00:00:00Z"}),
    ("byline and on", "", '<p>by Ana Brandt on May 2, 2024</p>', {"author": ANA, "datePublished": "2024-05-02T00:00:00Z"}),
    ("posted by", "", '<p>Posted by Ana Brandt on May 2, 2024 at 2:05 pm</p>', {"author": ANA, "datePublished": "2024-05-02T14:05:00Z"}),
    ("place and author", "", '<p class="byline">Von Ana Brandt, Velmstadt</p>', {"author": ANA}),
    ("aus dem Amt", "", '<p class="byline">Von unserer Redakteurin Ana Brandt</p>', {"author": ANA}),
    ("a sentence that starts like a byline", "", "<p>By Monday the road was closed again and nobody could say for how long.</p>", {"author": []}),
    ("a caption's author is not the story's", "", '<figure><img src="/a.jpg" alt=""><figcaption>The dome. Photo by Eva Roth</figcaption></figure><p class="byline">By Ana Brandt</p>', {"author": ANA}),
    ("a picture credit in a class of author", "", '<div class="image-author">Eva Roth</div><p class="byline">By Ana Brandt</p>', {"author": ANA}),
]


def page(head, between):
    return f'<html lang="en"><head>{TITLE}{head}</head><body><main>{H1}{between}<div class="article-body">{BODY}</div></main></body></html>'


def found(article, field):
    for part in field.split("."):
        article = article.get(part)
    return article


def main():
    wanted = sys.argv[2:]
    cases = [case for case in CASES if not wanted or case[0] in wanted]
    articles = extract(sys.argv[1], [{"url": "https://gazette.example/news/1", "html": page(head, between)} for _, head, between, _ in cases])
    failures = [(name, wrong) for i, (name, _, _, expect) in enumerate(cases)
                if (wrong := differences(articles[i], {"headline": "Observatory opens its dome", **expect}, found))]
    return report(len(cases), failures)



if __name__ == "__main__":
    sys.exit(main())
