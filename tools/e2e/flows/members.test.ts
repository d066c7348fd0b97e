import { createOfficer } from "../support/bodies.ts";
import { flow } from "../support/flow.ts";
import { fill, press, see } from "../support/forms.ts";
import { createPerson, password } from "../support/people.ts";

flow("an administrator finds a member, suspends them and lets them back in", async (stage) => {
  const [officer, person] = await Promise.all([
    createOfficer("Officer", "General admin circle"),
    createPerson("Rowdy"),
  ]);
  const theirs = await stage.visit("/dashboard", person);
  await see(theirs, "Hello, Rowdy");
  const page = await stage.visit("/members", officer);

  await page.getByRole("searchbox").fill(person.username);
  await page.getByRole("link", { name: person.name }).click();
  await press(page, "Suspend");
  await page.getByRole("dialog").getByRole("button", { name: "Suspend" }).click();
  await press(page, "Activate");
  await page.getByRole("button", { name: "Suspend" }).waitFor();
  await theirs.reload();
  await theirs.waitForURL(/login/);
  await fill(theirs, { username: person.username, password });
  await press(theirs, "Log in");

  await theirs.waitForURL(/dashboard/);
});

flow("a suspended member cannot log in", async (stage) => {
  const page = await stage.visit("/login", null);

  await fill(page, { username: "suspended", password });
  await press(page, "Log in");

  await see(page, /suspended/i);
});

flow("a member edits their own profile and nobody else's", async (stage) => {
  const person = await createPerson("Editor");
  const page = await stage.visit("/members/me/edit", person);

  await fill(page, { first_name: "Edith", phone: "+31 20 123" });
  await press(page, "Save");
  await page.getByRole("heading", { level: 1, name: /Edith/ }).waitFor();
  await see(page, "+31 20 123");
  await page.goto("/members/1");

  await see(page, "This did not work");
});
