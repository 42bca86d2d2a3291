package theme

// Sizes of the look in design pixels, before the reader's text scale. Text sizes are heights of type.
const (
	SizeTitle   float32 = 22 // page title, bold
	SizeHeading float32 = 15 // card title, bold
	SizeStep    float32 = 14 // steps and buttons
	SizeBody    float32 = 14 // running text and fields
	SizeCell    float32 = 13 // cells, captions, badges
	SizeTick    float32 = 12 // chart ticks

	RailWidth    float32 = 212
	BarHeight    float32 = 60 // the bottom bar
	PageMargin   float32 = 24
	CardGap      float32 = 12
	CardPadding  float32 = 20
	ButtonHeight float32 = 36
	SmallHeight  float32 = 28 // a small button
	ChipHeight   float32 = 30
	BadgeHeight  float32 = 22
	TagHeight    float32 = 20
	FieldHeight  float32 = 38

	RadiusCard   float32 = 10
	RadiusButton float32 = 8 // buttons, fields, inner cards
	RadiusBadge  float32 = 6
	RadiusTag    float32 = 5
)
