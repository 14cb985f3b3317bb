import { createSpotlight } from "@mantine/spotlight";

/** The palette is one for the whole page; anything may open it. */
export const [paletteStore, palette] = createSpotlight();

export const openPalette = () => palette.open();
