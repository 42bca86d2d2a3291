// Package assets is the library of 上云通: questions, policy, catalog, templates, words, fonts, icons and the sample firm, embedded as
// files. It decodes nothing and imports nothing of the house; survey/pack and the connectors read what they are handed.
package assets
