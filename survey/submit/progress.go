package submit

// Progress tells how far a sending is.
type Progress struct {
	File  string `json:"file"`  // attachment on its way, "" between them
	Done  int64  `json:"done"`  // bytes of it that are safe at the portal
	Size  int64  `json:"size"`  // bytes of it
	All   int64  `json:"all"`   // bytes of all attachments that are safe at the portal
	Total int64  `json:"total"` // bytes of all attachments
}
