import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const travail: MantineColorsTuple = [
  "#E9EFFB",
  "#D0DDF6",
  "#A6BFEE",
  "#7A9FE5",
  "#5681DA",
  "#3264D2",
  "#2859C2",
  "#1D4CAE",
  "#173F93",
  "#102E6E",
];
const gray: MantineColorsTuple = [
  "#F5F7F7",
  "#F0F3F3",
  "#E1E5E6",
  "#C6CDCF",
  "#A9B3B6",
  "#859094",
  "#5B6568",
  "#424C4F",
  "#2A3235",
  "#11181A",
];
const dark: MantineColorsTuple = [
  "#E9EDED",
  "#AEB8BA",
  "#8E999C",
  "#3A4447",
  "#252C2F",
  "#1F2628",
  "#1B2123",
  "#14181A",
  "#101416",
  "#0B0E0F",
];

export const theme = createTheme({
  primaryColor: "travail",
  primaryShade: { light: 7, dark: 5 },
  colors: { travail, gray, dark },
  fontFamily: '"Geist Variable", system-ui, sans-serif',
  fontFamilyMonospace: '"Geist Mono Variable", ui-monospace, monospace',
  fontSizes: { xs: "11px", sm: "13px", md: "13px", lg: "15px", xl: "17px" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "20px", xl: "32px" },
  radius: { xs: "3px", sm: "6px", md: "7px", lg: "10px", xl: "12px" },
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    Select: { defaultProps: { size: "sm", checkIconPosition: "right" } },
    Modal: {
      defaultProps: {
        centered: false,
        radius: "xl",
        transitionProps: { duration: 140 },
        // The library's header would count as a second one of the page.
        attributes: { header: { role: "presentation" } },
      },
    },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 90 } } },
  },
});

/** Mantine's own variables follow ours, so that no colour is named twice. */
export const variables: CSSVariablesResolver = () => {
  const same = {
    "--mantine-color-body": "var(--sheet)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--ink3)",
    "--mantine-color-placeholder": "var(--ink3)",
    "--mantine-color-error": "var(--red)",
    "--mantine-color-default": "var(--raised)",
    "--mantine-color-default-border": "var(--line2)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-color": "var(--ink)",
    "--mantine-color-anchor": "var(--blue)",
    "--mantine-primary-color-filled": "var(--blue-fill)",
    "--mantine-primary-color-contrast": "var(--blue-on)",
  };
  return { variables: {}, light: same, dark: same };
};
