// Package survey holds the nouns of 上云通 and nothing else: the firm, its sites, machines and systems, its
// figures, answers, papers and plans, each with the evidence behind it.
//
// The law of the room: it only thinks. It never reads a file, a clock or the network, imports nothing but
// survey/money and the standard library, and knows no window, database or wire.
//
// # The house
//
//	survey thinks · connectors touch · assets say · ui shows · cmd joins · installer ships
//
// A Case stores only facts (see Fact); a level, a bundle, a claim or a form is always derived again:
//
//	intent → Desk verb → Store.Save(fact) → Case → assess → recommend → subsidy → apply → submit → outbox → portal
//
// Rooms below this one import it; it imports none of them.
package survey
