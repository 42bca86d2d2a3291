package assess

// Climb shows the level rule to the tests.
func Climb(r *LevelRule, score Points, scenes []SceneLevel) ([]Rung, int, string) {
	return r.climb(score, scenes)
}
