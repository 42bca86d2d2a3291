package assets

import "embed"

// Template holds the .docx templates under template/: 申报书.docx for an application, onboarding.docx for 上云对接. Officials
// may edit them in Word or WPS; placeholders are checked against the form's dictionary.
//
//go:embed template/*.docx
var Template embed.FS
