# Makes the alert rules and the dashboard from the tables that the programs carry (--print-options json: metrics, watch), so that they can't drift.
#
#   cmake -DKIND=rules|dashboard "-DPROGRAMS=…/copydesk-extract,…" -DOUT=FILE [-DCHECK=FILE] -P monitoring.cmake
#
# With CHECK the result is compared with that file, and a difference is an error.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../docs/tables.cmake)

set(made "Made by deploy/monitoring.cmake from the metric table; don't edit: cmake --build build/release --target docs-update")

# --- Prometheus ----------------------------------------------------------------------------------------------------------

# A YAML scalar in single quotes.
function(yaml result text)
  string(REPLACE "'" "''" text "${text}")
  set(${result} "'${text}'" PARENT_SCOPE)
endfunction()

function(make_rules out)
  string(REPLACE "," ";" programs "${PROGRAMS}")
  list(GET programs 0 first)
  tables(${first} json)
  set(records "")
  set(alerts "")
  last_index(last "${json}" watch)
  foreach(i RANGE ${last})
    string(JSON row GET "${json}" watch ${i})
    foreach(part name expr for severity text)
      field(${part} "${row}" ${part})
    endforeach()
    yaml(expr "${expr}")
    yaml(text "${text}")
    if(severity STREQUAL "")
      string(APPEND records "      # ${text}\n      - record: '${name}'\n        expr: ${expr}\n")
    else()
      string(APPEND alerts "      - alert: ${name}\n        expr: ${expr}\n        for: ${for}\n        labels: { severity: ${severity} }\n"
        "        annotations:\n          summary: 'copydesk-{{ $labels.stage }}: ${name} ({{ printf \"%.3g\" $value }})'\n"
        "          description: ${text}\n")
    endif()
  endforeach()
  file(WRITE ${out} "# ${made}\ngroups:\n  - name: copydesk-records\n    interval: 30s\n    rules:\n${records}"
    "  - name: copydesk-alerts\n    rules:\n${alerts}")
endfunction()

# --- Grafana -------------------------------------------------------------------------------------------------------------

function(text_json result text)
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  set(${result} "\"${text}\"" PARENT_SCOPE)
endfunction()

# Adds a panel at the next place of a grid of three; `targets` is JSON.
function(add_panel title text unit targets)
  math(EXPR x "${column} * 8")
  text_json(title "${title}")
  text_json(text "${text}")
  if(NOT panels STREQUAL "")
    string(APPEND panels ",\n")
  endif()
  string(APPEND panels "    {\"type\": \"timeseries\", \"id\": ${id}, \"title\": ${title}, \"description\": ${text},\n"
    "     \"datasource\": {\"type\": \"prometheus\", \"uid\": \"\${datasource}\"}, \"gridPos\": {\"x\": ${x}, \"y\": ${y}, \"w\": 8, \"h\": 7},\n"
    "     \"fieldConfig\": {\"defaults\": {\"unit\": \"${unit}\", \"min\": 0, \"custom\": {\"fillOpacity\": 10, \"showPoints\": \"never\"}}, \"overrides\": []},\n"
    "     \"options\": {\"legend\": {\"displayMode\": \"list\", \"placement\": \"bottom\"}, \"tooltip\": {\"mode\": \"multi\", \"sort\": \"desc\"}},\n"
    "     \"targets\": [${targets}]}")
  math(EXPR id "${id} + 1")
  math(EXPR column "(${column} + 1) % 3")
  if(column EQUAL 0)
    math(EXPR y "${y} + 7")
  endif()
  foreach(name panels id column y)
    set(${name} "${${name}}" PARENT_SCOPE)
  endforeach()
endfunction()

function(add_row title)
  if(NOT column EQUAL 0)
    math(EXPR y "${y} + 7")
  endif()
  if(NOT panels STREQUAL "")
    string(APPEND panels ",\n")
  endif()
  string(APPEND panels "    {\"type\": \"row\", \"id\": ${id}, \"title\": \"${title}\", \"collapsed\": false, \"panels\": [], "
    "\"gridPos\": {\"x\": 0, \"y\": ${y}, \"w\": 24, \"h\": 1}}")
  math(EXPR id "${id} + 1")
  math(EXPR y "${y} + 1")
  set(column 0)
  foreach(name panels id column y)
    set(${name} "${${name}}" PARENT_SCOPE)
  endforeach()
endfunction()

function(target result letter expr legend)
  text_json(expr "${expr}")
  text_json(legend "${legend}")
  set(${result} "{\"refId\": \"${letter}\", \"expr\": ${expr}, \"legendFormat\": ${legend}}" PARENT_SCOPE)
endfunction()

# What a metric of a kind is asked for.
function(add_metric row)
  foreach(part name type unit labels help)
    field(${part} "${row}" ${part})
  endforeach()
  set(legend "{{stage}}")
  set(by "stage")
  string(REPLACE "," ";" list "${labels}")
  foreach(label ${list})
    string(APPEND legend " {{${label}}}")
    string(APPEND by ", ${label}")
  endforeach()
  set(where "{stage=~\"$stage\"}")
  set(panel_unit "short")
  if(name MATCHES "^process_")
    # these carry no stage: the process's other metrics tell which are ours
    set(where " * on (job, instance) group_left (stage) copydesk_info${where}")
  endif()
  if(unit STREQUAL "seconds")
    set(panel_unit "s")
  elseif(unit STREQUAL "bytes")
    set(panel_unit "bytes")
  endif()
  if(type STREQUAL "histogram")
    target(a "A" "histogram_quantile(0.5, sum by (${by}, le) (rate(${name}_bucket${where}[$__rate_interval])))" "${legend} p50")
    target(b "B" "histogram_quantile(0.95, sum by (${by}, le) (rate(${name}_bucket${where}[$__rate_interval])))" "${legend} p95")
    target(c "C" "histogram_quantile(0.99, sum by (${by}, le) (rate(${name}_bucket${where}[$__rate_interval])))" "${legend} p99")
    add_panel("${name}" "${help}" "${panel_unit}" "${a}, ${b}, ${c}")
  elseif(type STREQUAL "counter")
    if(name MATCHES "^process_")
      target(a "A" "rate(${name}[$__rate_interval])${where}" "{{stage}} {{instance}}")
    else()
      target(a "A" "sum by (${by}) (rate(${name}${where}[$__rate_interval]))" "${legend}")
      set(panel_unit "cps")
      if(unit STREQUAL "bytes")
        set(panel_unit "Bps")
      endif()
    endif()
    add_panel("${name}" "${help}" "${panel_unit}" "${a}")
  else()
    if(name STREQUAL "copydesk_info")
      set(legend "{{stage}} {{instance}} {{version}} {{run}} {{config}}")
    elseif(labels STREQUAL "")
      set(legend "{{stage}} {{instance}}")
    endif()
    if(name STREQUAL "process_start_time_seconds")
      target(a "A" "time() - ${name}${where}" "${legend}")
    else()
      target(a "A" "${name}${where}" "${legend}")
    endif()
    add_panel("${name}" "${help}" "${panel_unit}" "${a}")
  endif()
  foreach(part panels id column y)
    set(${part} "${${part}}" PARENT_SCOPE)
  endforeach()
endfunction()

# Rows first … last of a program's metrics that belong to a section.
function(add_section json section title first last)
  add_row("${title}")
  foreach(i RANGE ${first} ${last})
    string(JSON row GET "${json}" metrics ${i})
    field(belongs "${row}" section)
    if(belongs STREQUAL "")
      set(belongs "Process")
    endif()
    if(belongs STREQUAL section)
      add_metric("${row}")
    endif()
  endforeach()
  foreach(part panels id column y)
    set(${part} "${${part}}" PARENT_SCOPE)
  endforeach()
endfunction()

function(make_dashboard out)
  string(REPLACE "," ";" programs "${PROGRAMS}")
  list(GET programs 0 first)
  tables(${first} json)
  set(panels "")
  set(id 1)
  set(column 0)
  set(y 0)
  add_row("Overview")
  last_index(last "${json}" watch)
  foreach(i RANGE ${last})
    string(JSON row GET "${json}" watch ${i})
    foreach(part name title unit legend text)
      field(${part} "${row}" ${part})
    endforeach()
    if(NOT title STREQUAL "")
      target(a "A" "${name}{stage=~\"$stage\"}" "${legend}")
      add_panel("${title}" "${text}" "${unit}" "${a}")
    endif()
  endforeach()
  field(common "${json}" metricsCommon)
  math(EXPR last "${common} - 1")
  foreach(section Throughput Outcomes Latency Lag Kafka Process)
    add_section("${json}" "${section}" "${section}" 0 ${last})
  endforeach()
  foreach(program ${programs})
    tables(${program} json)
    field(name "${json}" name)
    last_index(last "${json}" metrics)
    if(last GREATER_EQUAL common)
      add_section("${json}" "${name}" "copydesk-${name}" ${common} ${last})
    endif()
  endforeach()
  file(WRITE ${out} "{
  \"uid\": \"copydesk\", \"title\": \"copydesk\", \"tags\": [\"copydesk\", \"kafka\"], \"schemaVersion\": 39, \"version\": 1, \"editable\": true,
  \"description\": \"${made}\",
  \"time\": {\"from\": \"now-3h\", \"to\": \"now\"}, \"refresh\": \"30s\",
  \"templating\": {\"list\": [
    {\"name\": \"datasource\", \"type\": \"datasource\", \"query\": \"prometheus\", \"label\": \"Data source\"},
    {\"name\": \"stage\", \"type\": \"query\", \"label\": \"Stage\", \"datasource\": {\"type\": \"prometheus\", \"uid\": \"\${datasource}\"},
     \"query\": \"label_values(copydesk_info, stage)\", \"refresh\": 2, \"multi\": true, \"includeAll\": true, \"current\": {\"text\": \"All\", \"value\": \"$__all\"}}
  ]},
  \"panels\": [
${panels}
  ]
}
")
endfunction()

cmake_language(CALL make_${KIND} ${OUT})

if(CHECK)
  compare_or_fail(${OUT} ${CHECK})
endif()
