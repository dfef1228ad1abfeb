/** Points from a word that is not known to the one that was probably meant. */

/** ` (did you mean "gpu"?)` for the nearest known word, when there is one near enough; otherwise all of them. */
export function suggestion(word: string, known: readonly string[]): string {
  const nearest = nearestOf(word, known);
  if (nearest !== undefined) return ` (did you mean "${nearest}"?)`;
  return known.length === 0 ? "" : `; known: ${known.join(", ")}`;
}

/** The known word that differs in the fewest letters, when it differs in few. */
export function nearestOf(word: string, known: readonly string[]): string | undefined {
  const nearest = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const near = nearest !== undefined && nearest.distance <= Math.max(2, Math.floor(word.length / 3));
  return near ? nearest.candidate : undefined;
}

/** Levenshtein's distance: the fewest insertions, deletions and substitutions. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
