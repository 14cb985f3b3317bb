/** What a telephone dials: "01 99 00 45 45" is tel:0199004545. */
export const telOf = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, "")}`;
