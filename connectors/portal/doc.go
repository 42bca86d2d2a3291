// Package portal is the wire contract between a desktop and a portal: paths,
// JSON, problems, limits and the openapi.yaml that partners are given.
//
// A request travels in three repeatable steps: announce the sealed manifest and
// learn which blobs are missing, put each of them, commit and get the signed
// receipt. Every step may be repeated at any time with the same answer.
//
// The package speaks to nobody: it holds neither an HTTP client nor a server,
// and decides nothing about a request (survey/submit does).
package portal
