import { announceAgora, sendDelegate } from "../support/agora.ts";
import { callApi } from "../support/call-api.ts";
import { flow } from "../support/flow.ts";
import { fill, planLocalTime, press, see } from "../support/forms.ts";
import { waitForMail } from "../support/inbox.ts";

flow("a delegate applies to an Agora, is chosen by the board and holds votes", async (stage) => {
  const agora = await announceAgora();
  const { antenna, chair, juridical } = agora;
  const { member, board } = antenna;
  const [firstName = "", lastName = ""] = member.name.split(" ");

  const members = await stage.visit(`/statutory/${agora.url}`, member);
  await members.getByRole("link", { name: "Apply" }).click();
  await fill(members, { nationality: "Dutch" });
  await members.getByLabel("Meals").selectOption("Vegan");
  await members.getByLabel("Why do you come?").fill("To decide.");
  await members.getByLabel(/I agree/).check();
  await press(members, "Apply");
  await see(members, "Where it stands");
  await waitForMail(member.email, new RegExp(agora.name));

  const boards = await stage.visit(`/statutory/${agora.url}/boardview`, board);
  await boards.getByLabel(`Role of ${member.name}`).selectOption("delegate");
  await boards.getByLabel(`Order of ${member.name}`).fill("1");
  const saved = boards.waitForResponse(/\/applications\/\d+\/board$/);
  await press(boards, "Save");
  await saved;
  await boards.goto(`/statutory/${agora.url}/memberslist/upload`);
  await fill(boards, { members: `${firstName}, ${lastName}, 30\nZoë, Papa, 40` });
  await press(boards, "Submit 2 members");
  await see(boards, "2 members, €8.00 to AEGEE-Europe");

  const chairs = await stage.visit(`/statutory/${agora.url}/applications`, chair);
  await chairs.getByLabel(`Decision on ${member.name}`).selectOption("accepted");
  await chairs.locator("tbody .badge--good").waitFor();
  const mine = `statutory/events/${agora.id}/applications/me`;
  const { id } = await callApi<{ id: number }>(mine, { as: member });
  const confirmed = `statutory/events/${agora.id}/applications/${id}/confirmed`;
  await callApi(confirmed, { method: "PUT", body: { confirmed: true }, as: chair });

  const desk = await stage.visit(`/statutory/${agora.url}/juridical`, juridical);
  const registered = desk.getByLabel(`${member.name} registered`);
  await registered.click();
  await see(desk, `${member.name}: registered is set.`);

  await members.goto(`/statutory/${agora.url}/votes`);
  await members
    .getByRole("row", { name: `${antenna.name} 1` })
    .first()
    .waitFor();
  await members.getByRole("row", { name: new RegExp(`${member.name}.*Present`) }).waitFor();
});

flow("a member runs for a position of an Agora and is approved", async (stage) => {
  const { url, antenna, juridical } = await announceAgora();
  const officers = await stage.visit(`/statutory/${url}`, juridical);
  await officers.getByRole("link", { name: "Elections" }).click();
  await officers.getByRole("link", { name: "New position" }).click();
  await fill(officers, { name: "President", places: "1", requirements: "Two Agorae." });
  await officers.getByLabel("Of which body").selectOption({ label: antenna.name });
  await fill(officers, {
    starts: await planLocalTime(officers, -24),
    ends: await planLocalTime(officers, 240),
  });
  await press(officers, "Save");
  await see(officers, "President is saved.");

  const members = await stage.visit(`/statutory/${url}/positions`, antenna.member);
  await members.getByRole("link", { name: "Run for it: President" }).click();
  await fill(members, { nationality: "Dutch", languages: "Dutch, English" });
  await fill(members, { member_since: "2020-09-01" });
  await fill(members, stories);
  await members.getByLabel(/I agree/).check();
  await press(members, "Send my candidature");
  await members.getByRole("link", { name: "My candidature" }).waitFor();
  await officers.reload();
  await press(officers, `Approve ${antenna.member.name}`);
  await see(officers, `${antenna.member.name} is approved.`);

  await members.reload();
  await members.getByRole("row", { name: /Approved/ }).waitFor();
  await members.getByText("Programme").click();
  await see(members, "Trains for everybody.");
});

flow("a delegate comes into a plenary and goes out again", async (stage) => {
  const agora = await announceAgora();
  const number = await sendDelegate(agora);
  const { name } = agora.antenna.member;
  const chairs = await stage.visit(`/statutory/${agora.url}/plenaries`, agora.chair);
  await fill(chairs, {
    name: "Opening plenary",
    starts: await planLocalTime(chairs, -1),
    ends: await planLocalTime(chairs, 2),
  });
  await press(chairs, "Add");
  await see(chairs, "Opening plenary is planned.");

  const door = await stage.visit(`/statutory/${agora.url}/plenaries`, agora.juridical);
  await door.getByRole("link", { name: "Opening plenary" }).click();
  await fill(door, { application_id: "000-9999" });
  await press(door, "Mark");
  await see(door, "Nobody has this number.");
  await fill(door, { application_id: number });
  await press(door, "Mark");
  await see(door, `${name} came in.`);
  await see(door, "in the room");
  await fill(door, { application_id: number });
  await press(door, "Mark");

  await see(door, `${name} went out.`);
});

const stories = {
  studies: "Law",
  european_experience: "Two projects",
  local_experience: "Board",
  attended_agorae: "Three",
  attended_epm: "One",
  attended_conferences: "None",
  external_experience: "Scouts",
  related_experience: "Treasurer",
  motivation: "Europe",
  program: "Trains for everybody.",
};
