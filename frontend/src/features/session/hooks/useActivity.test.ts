import { fireEvent } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { watchActivity } from "@/features/session/hooks/useActivity";

test("acts are told at most once a minute, and a still screen tells nothing", () => {
  let now = 0;
  const tell = vi.fn();
  const stop = watchActivity(tell, 60_000, () => now);
  fireEvent.keyDown(document.body, { key: "a" });
  expect(tell).not.toHaveBeenCalled();
  now = 60_000;
  fireEvent.keyDown(document.body, { key: "a" });
  fireEvent.pointerDown(document.body);
  expect(tell).toHaveBeenCalledOnce();
  now = 119_000;
  fireEvent.wheel(document.body);
  expect(tell).toHaveBeenCalledOnce();
  now = 120_000;
  fireEvent.wheel(document.body);
  expect(tell).toHaveBeenCalledTimes(2);
  stop();
  now = 600_000;
  fireEvent.keyDown(document.body, { key: "a" });
  expect(tell).toHaveBeenCalledTimes(2);
});
