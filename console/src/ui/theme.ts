import { createTheme, type MantineColorsTuple } from "@mantine/core";

const abonent: MantineColorsTuple = [
  "#eaf3fb",
  "#d3e5f5",
  "#a6cbea",
  "#76b0df",
  "#4f99d5",
  "#358acf",
  "#2380c9",
  "#1669ad",
  "#0f5c9a",
  "#084e85",
];

/** The greys of dark pages, from text to ground; Mantine draws its own parts with them. */
const dark: MantineColorsTuple = [
  "#e6eaef",
  "#b1bbc6",
  "#929eab",
  "#7a8693",
  "#46515d",
  "#2a323b",
  "#20262e",
  "#1a1f26",
  "#151a20",
  "#12161b",
];

/** Dense and quiet: small type, small radii, one accent. */
export const theme = createTheme({
  primaryColor: "abonent",
  primaryShade: 7,
  colors: { abonent, dark },
  fontFamily: '"Inter Variable", system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "19px" },
  lineHeights: { xs: "1.35", sm: "1.4", md: "1.45", lg: "1.45", xl: "1.4" },
  defaultRadius: 6,
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Kbd: { styles: { root: { fontFamily: "inherit" } } },
    Button: { defaultProps: { size: "xs" } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: 30 } },
    Modal: {
      defaultProps: {
        centered: true,
        transitionProps: { duration: 100 },
        overlayProps: { blur: 1 },
      },
    },
    Tooltip: {
      defaultProps: {
        openDelay: 350,
        withArrow: true,
        events: { hover: true, focus: true, touch: false },
      },
    },
    Menu: { defaultProps: { shadow: "md", transitionProps: { duration: 80 } } },
  },
});
