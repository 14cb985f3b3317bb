import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** The one accent: a deep teal. Shade 7 carries white text at 7:1, shade 4 reads on the dark ground. */
const teal: MantineColorsTuple = [
  "#eaf5f5", "#d3e8e9", "#a6d1d3", "#76babd", "#4fa6aa", "#2b8a90", "#17727a", "#0b5a60", "#08494e", "#05373b",
];
const gray: MantineColorsTuple = [
  "#f8f9f9", "#f1f3f3", "#e6e9e9", "#d9dddd", "#c3c9c9", "#9aa2a3", "#6c7577", "#495254", "#323a3c", "#1f2628",
];
const dark: MantineColorsTuple = [
  "#dfe4e4", "#b9c1c2", "#98a2a3", "#6d7779", "#3f484a", "#313a3c", "#262d2f", "#1b2123", "#151a1c", "#0f1315",
];
const red: MantineColorsTuple = [
  "#fdf0ef", "#f9dcda", "#f1b5b1", "#e88b85", "#df665e", "#d5453d", "#c0332b", "#a82820", "#85201a", "#631712",
];
const amber: MantineColorsTuple = [
  "#fdf5e6", "#fae8c6", "#f3d08d", "#ecb751", "#e0a02a", "#c98714", "#a76c0b", "#8a5706", "#6e4504", "#523303",
];

const radius = "6px";
const heading = { fontSize: "1.0625rem", fontWeight: 620, letterSpacing: "-0.01em" };

export const theme = createTheme({
  primaryColor: "teal",
  primaryShade: { light: 7, dark: 6 },
  colors: { teal, gray, dark, red, amber },
  autoContrast: false,
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "auto",
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontSizes: { xs: "0.8125rem", sm: "0.9375rem", md: "0.9375rem", lg: "1.0625rem", xl: "1.25rem" },
  lineHeights: { xs: "1.35", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  spacing: { xxs: "0.25rem", xs: "0.5rem", sm: "0.75rem", md: "1rem", lg: "1.5rem", xl: "2rem" },
  radius: { xs: radius, sm: radius, md: radius, lg: radius, xl: radius },
  defaultRadius: "md",
  headings: {
    fontWeight: "620",
    sizes: {
      h1: { fontSize: "1.375rem", lineHeight: "1.3" },
      h2: { fontSize: "1.0625rem", lineHeight: "1.4" },
      h3: { fontSize: "0.9375rem", lineHeight: "1.5" },
      h4: { fontSize: "0.8125rem", lineHeight: "1.5" },
    },
  },
  components: {
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35 }, transitionProps: { duration: 120 } }, styles: { title: heading } },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.35 } }, styles: { title: heading } },
    Button: { styles: { label: { fontWeight: 560 } } },
    InputWrapper: { styles: { label: { fontWeight: 550, marginBottom: 2 } } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    Paper: { defaultProps: { shadow: undefined } },
    Badge: { defaultProps: { variant: "light", tt: "none", fw: 550 } },
  },
});
