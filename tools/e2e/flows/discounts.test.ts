import { createOfficer, foundAntenna } from "../support/bodies.ts";
import { flow } from "../support/flow.ts";
import { fill, press, see } from "../support/forms.ts";
import { waitForMail } from "../support/inbox.ts";
import { makeTag } from "../support/people.ts";

flow("a partner is added, a member claims a code once, and the quota holds", async (stage) => {
  const [manager, { member }] = await Promise.all([
    createOfficer("Manager", "Comité Directeur"),
    foundAntenna(),
  ]);
  const tag = makeTag();
  const name = `Partner ${tag}`;
  const managers = await stage.visit("/discounts", manager);
  await managers.getByRole("link", { name: "New partner" }).click();
  await fill(managers, { name, code: tag, quota_amount: "1", description: "Enter the code." });
  await press(managers, "Save");
  await managers.getByRole("link", { name: `Add codes of ${name}` }).click();
  await fill(managers, { codes: `${tag}-1\n${tag}-2\n${tag}-2` });
  await press(managers, "Add 3 codes");
  await see(managers, "2 added, 1 skipped");

  const members = await stage.visit("/discounts", member);
  await press(members, `Claim a code of ${name}`);
  await see(members, `${tag}-1`);
  await press(members, `Claim another of ${name}`);
  await members.locator("article .note--bad").waitFor();
  await waitForMail(member.email, new RegExp(name));
  await members.getByRole("link", { name: "My codes" }).click();
  await see(members, `${tag}-1`);

  await managers.goto("/discounts");
  await press(managers, `Delete ${name}`);
  await press(managers, "Delete it");
  await see(managers, /claimed/);
  await managers.getByRole("heading", { name }).waitFor();
});
