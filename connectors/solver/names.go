package solver

// Names of the exports and imports of highs 1.15.3, as its highs.js has them. They are minified and change with every release.
const (
	exportMemory    = "u"
	exportInit      = "v"
	exportMalloc    = "uc"
	exportFree      = "tc"
	exportCreate    = "F"
	exportDestroy   = "G"
	exportPassMIP   = "V"
	exportRun       = "N"
	exportSetBool   = "ia"
	exportSetInt    = "ja"
	exportSetDouble = "ka"
	exportStatus    = "Ga"
	exportSolution  = "Ea"
	exportInfo      = "Ba"
	exportStart     = "Va"

	importModule  = "a"
	importExit    = "b"
	importNow     = "c" // milliseconds as a double
	importWrite   = "f"
	importDate    = "j" // milliseconds as a double
	importAbort   = "k"
	importClock   = "p" // nanoseconds into memory
	importGrow    = "q"
	importQuit    = "r"
	importThrow   = "a"
	importOpen    = "i"
	importEnviron = "o"
)

// Model statuses of HiGHS.
const (
	statusOptimal    = 7
	statusInfeasible = 8
	statusUnbounded  = 9 // unbounded or infeasible: our programs are bounded
)
