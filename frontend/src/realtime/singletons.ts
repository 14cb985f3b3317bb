import { Feed } from "@/realtime/feed";

const address = () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/`;

/** The one socket of this tab. */
export const feed = new Feed(() => new WebSocket(address()));
