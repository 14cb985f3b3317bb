import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";

import { readAgain } from "@/realtime/readAgain";

const KEY = ["story", "durand"];

/** A list read from a server that answers when it is told to, with what it held when it was asked. */
function makeDesk() {
  const answers: (() => void)[] = [];
  const desk = { held: ["a"], asked: 0, answerAll: () => answers.splice(0).forEach((answer) => answer()) };
  const ask = () => {
    desk.asked += 1;
    const seen = [...desk.held];
    return new Promise<string[]>((resolve) => answers.push(() => resolve(seen)));
  };
  return { desk, ask };
}

function onScreen() {
  const { desk, ask } = makeDesk();
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const stop = new QueryObserver(client, { queryKey: KEY, queryFn: ask }).subscribe(() => undefined);
  const shown = () => client.getQueryData(KEY);
  return { client, desk, shown, stop };
}

test("invalidating alone keeps a first answer that was asked for too early", async () => {
  const { client, desk, shown, stop } = onScreen();
  desk.held.push("b");
  void client.invalidateQueries({ queryKey: KEY });
  desk.answerAll();
  await expect.poll(shown).toEqual(["a"]);
  expect(client.getQueryState(KEY)?.isInvalidated).toBe(false);
  stop();
});

test("what was asked for too early is asked for again, and its answer is not shown", async () => {
  const { client, desk, shown, stop } = onScreen();
  desk.held.push("b");
  const read = readAgain(client, { queryKey: ["story"] });
  desk.answerAll();
  await read;
  expect(shown()).toEqual(["a", "b"]);
  expect(desk.asked).toBe(2);
  stop();
});

test("an answer that is there is fetched again once", async () => {
  const { client, desk, shown, stop } = onScreen();
  desk.answerAll();
  await expect.poll(shown).toEqual(["a"]);
  desk.held.push("b");
  const read = readAgain(client, { queryKey: KEY });
  desk.answerAll();
  await read;
  expect(shown()).toEqual(["a", "b"]);
  expect(desk.asked).toBe(2);
  stop();
});

test("who waits for an answer under way is given the one that is asked for instead", async () => {
  const { desk, ask } = makeDesk();
  const client = new QueryClient();
  const waiting = client.query({ queryKey: KEY, queryFn: ask });
  desk.held.push("b");
  void readAgain(client, { queryKey: KEY });
  desk.answerAll();
  await expect(waiting).resolves.toEqual(["a", "b"]);
});

test("what is not looked at is only marked, and read when it is looked at", async () => {
  const { desk, ask } = makeDesk();
  const client = new QueryClient();
  const first = client.query({ queryKey: KEY, queryFn: ask });
  desk.answerAll();
  await first;
  await readAgain(client, { queryKey: KEY });
  expect(desk.asked).toBe(1);
  expect(client.getQueryState(KEY)?.isInvalidated).toBe(true);
});
