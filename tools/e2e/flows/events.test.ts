import { createOfficer, foundAntenna, joinBody } from "../support/bodies.ts";
import { flow } from "../support/flow.ts";
import { fill, planLocalTime, press, see } from "../support/forms.ts";
import { waitForMail } from "../support/inbox.ts";
import { createPerson, logIn, makeTag } from "../support/people.ts";

flow("an event is proposed, approved and applied to, and its applicant accepted", async (stage) => {
  const [antenna, approver, applicant, admin] = await Promise.all([
    foundAntenna(),
    createOfficer("Approver", "Events Quality Assurance Committee"),
    createPerson("Applicant"),
    logIn("admin"),
  ]);
  await joinBody(applicant, antenna.id, admin);
  const name = `Conference ${makeTag()}`;

  const organisers = await stage.visit("/events/new", antenna.member);
  await fill(organisers, { name, description: "About rivers." });
  await organisers.getByLabel("Type").selectOption("conference");
  await organisers.getByLabel("Organising body").selectOption({ label: antenna.name });
  await fill(organisers, {
    application_starts: await planLocalTime(organisers, -24),
    application_ends: await planLocalTime(organisers, 240),
    starts: await planLocalTime(organisers, 480),
    ends: await planLocalTime(organisers, 500),
    budget: "https://example.org/budget",
    programme: "https://example.org/programme",
  });
  await press(organisers, "Save the draft");
  await press(organisers, "Ask for approval");
  await see(organisers, "The approvers have been told.");

  const approvers = await stage.visit("/events/change_status", approver);
  await press(approvers, `Approve ${name}`);
  await see(approvers, `“${name}” is published.`);

  const applicants = await stage.visit("/events", applicant);
  await applicants.getByRole("searchbox").fill(name);
  await applicants.getByRole("link", { name }).first().click();
  await applicants.getByRole("link", { name: /^Apply/ }).click();
  await applicants.getByLabel(/I agree/).check();
  await press(applicants, "Apply");
  await see(applicants, "You have applied.");
  await waitForMail(applicant.email, new RegExp(name));

  await organisers.reload();
  await organisers.getByRole("link", { name: "Applications" }).click();
  await organisers.getByLabel(`Decision on ${applicant.name}`).selectOption("accepted");
  await organisers.locator("tbody .badge--good").waitFor();

  await applicants.goto("/dashboard");
  const mine = applicants.getByRole("region", { name: "My applications" });
  await mine.getByText(name).waitFor();
  await mine.getByText("Accepted").waitFor();
});

flow("a proposal that is not complete says beside its fields what is wrong", async (stage) => {
  const { member, name } = await foundAntenna();
  const page = await stage.visit("/events/new", member);

  await fill(page, { name: `Training ${makeTag()}`, description: "Too late." });
  await page.getByLabel("Type").selectOption("training");
  await page.getByLabel("Organising body").selectOption({ label: name });
  await fill(page, {
    application_starts: await planLocalTime(page, 24),
    application_ends: await planLocalTime(page, 12),
    starts: await planLocalTime(page, 480),
    ends: await planLocalTime(page, 400),
  });
  await press(page, "Save the draft");

  await page.locator('[name="ends"][aria-invalid="true"]').waitFor();
  await page.locator('[name="application_ends"][aria-invalid="true"]').waitFor();
});
