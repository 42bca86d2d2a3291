// Package ui is the window: it joins pages, rail and messages, turns a page's intents into verbs of the desk off the UI goroutine and shows the State that
// follows. It knows no store, network or file format; what it needs of the system (picking files, writing files) is handed to it.
package ui
