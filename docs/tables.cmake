# Reading the tables that the programs print, for the scripts that make files from them (generate.cmake, deploy/monitoring.cmake).

function(tables program result)
  execute_process(COMMAND ${program} --print-options json OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# field(RESULT JSON MEMBER…): empty where it is absent.
function(field result json)
  string(JSON value ERROR_VARIABLE missing GET "${json}" ${ARGN})
  if(missing)
    set(value "")
  endif()
  set(${result} "${value}" PARENT_SCOPE)
endfunction()

function(last_index result json)
  string(JSON count LENGTH "${json}" ${ARGN})
  math(EXPR count "${count} - 1")
  set(${result} ${count} PARENT_SCOPE)
endfunction()

# Is what was made what is kept in the tree?
function(compare_or_fail made kept)
  execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${made} ${kept} RESULT_VARIABLE differs)
  if(differs)
    message(FATAL_ERROR "${kept} is out of date: cmake --build build/release --target docs-update")
  endif()
endfunction()
