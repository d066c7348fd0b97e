import type { Verdict } from "../changes/verdict.ts";
import { withWorkingTree } from "../git/with-working-tree.ts";
import { findVerdictFile, readVerdict, writeVerdict } from "./verdict-cache.ts";

/** The gate's verdict on the working tree; of a tree that was judged before, the same one at once. */
export async function judgeChanges(workspace: string, baseCommit: string): Promise<Verdict> {
  return withWorkingTree(workspace, async (workingTree) => {
    const file = await findVerdictFile({ workspace, baseCommit, headTree: workingTree.tree });
    const known = await readVerdict(file);
    if (known !== null) return known;
    // What judges takes longer to load than everything above.
    const [{ planGate }, { readFacts }] = await Promise.all([
      import("../changes/plan-gate.ts"),
      import("./read-changes.ts"),
    ]);
    const verdict = planGate(
      await readFacts(await workingTree.compareWith(baseCommit), baseCommit),
    );
    await writeVerdict(file, verdict);
    return verdict;
  });
}
