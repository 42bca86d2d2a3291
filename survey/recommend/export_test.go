package recommend

// Generators for the tests outside of the package.
var (
	RandomModel = randomModel
	AppModel    = appModel
	WithBudget  = withBudget
)
