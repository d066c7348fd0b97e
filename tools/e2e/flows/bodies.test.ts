import { expect } from "vitest";

import { foundAntenna } from "../support/bodies.ts";
import { flow } from "../support/flow.ts";
import { fill, press, see } from "../support/forms.ts";
import { waitForMail } from "../support/inbox.ts";
import { createPerson } from "../support/people.ts";

flow("a newcomer asks to join a body, the board approves, and they are a member", async (stage) => {
  const [antenna, newcomer] = await Promise.all([foundAntenna(), createPerson("Newcomer")]);
  const stranger = await stage.visit("/bodies", null);
  await stranger.getByRole("searchbox").fill(antenna.name);
  await stranger.getByRole("link", { name: antenna.name }).click();
  await stranger.getByRole("link", { name: "Log in to join" }).waitFor();

  const theirs = await stage.visit(`/bodies/${antenna.id}`, newcomer);
  await fill(theirs, { motivation: "Because of the trains." });
  await press(theirs, "Ask to join");
  await see(theirs, "Your request is with the board now.");
  await waitForMail(antenna.board.email, /join request/);
  const boards = await stage.visit(`/bodies/${antenna.id}/join_requests`, antenna.board);
  await press(boards, `Approve ${newcomer.name}`);
  await see(boards, "Approved");
  await boards.goto(`/bodies/${antenna.id}/members`);
  await see(boards, newcomer.name);

  await theirs.reload();
  await see(theirs, "You are a member");
  await waitForMail(newcomer.email, /welcome/i);
});

flow("whoever joins a board may do what the board may, at once", async (stage) => {
  const { id, boardCircleId, board, member } = await foundAntenna();
  const theirs = await stage.visit(`/bodies/${id}`, member);
  await see(theirs, "You are a member");
  expect(await theirs.getByRole("link", { name: "Join requests" }).count()).toBe(0);

  const boards = await stage.visit(`/circles/${boardCircleId}`, board);
  await boards.getByLabel("Who").selectOption({ label: member.name });
  await fill(boards, { position: "Treasurer" });
  await press(boards, "Add");
  await boards.getByRole("cell", { name: "Treasurer" }).waitFor();

  await theirs.reload();
  await theirs.getByRole("link", { name: "Join requests" }).click();
  await see(theirs, "Nobody has asked to join.");
});
