// Package solver runs HiGHS, an open mixed-integer solver (github.com/ERGO-Code/HiGHS, MIT), behind exact.Engine: for models that our own
// search does not prove within its share of work. HiGHS comes as WebAssembly (highs.wasm.gz, made by fetch.sh, licence beside it) and runs in
// pure Go inside wazero: it sees no file, no clock, no network and no other memory than its own, which is limited.
//
// It is loaded when it is first needed, never at the start of a program; the compiled code is kept in a folder that the program names, so
// that only the first use on a computer pays for compiling.
//
// It never decides an answer alone: what it gives is whole numbers and a claimed bound, and survey/recommend holds every answer against the
// model in integers. The clock it is shown only counts calls, so the same model has the same answer everywhere; when the caller's context
// ends, that clock jumps ahead, and HiGHS stops with what it has.
package solver
