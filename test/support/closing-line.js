/** A Jest reporter whose line is the last one of a run, for people and programs that read nothing else. */
class ClosingLine {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } = results;
    // A file that doesn't load has no tests to count, and is a failure all the same.
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    const line = `${numPassedTests} passed, ${failed} failed, ${numPendingTests + numTodoTests} skipped`;
    // Jest's own summary is written after the last reporter was told.
    process.once("exit", () => console.log(line));
  }
}

module.exports = ClosingLine;
