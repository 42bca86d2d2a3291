// Package document writes an apply.Application as DOCX, PDF, XLSX and JSON: bytes in, bytes out, the same bytes every
// time for the same input.
//
// It never computes or changes a value, never loads a font or template by itself, never drops a character silently (an
// unprintable one is refused by name, E0206), and never draws a seal or a signature: it leaves their places empty.
// Templates are foreign bytes: sizes are limited and the language is a small closed one.
package document
