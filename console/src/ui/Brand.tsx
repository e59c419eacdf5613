import classes from "@/ui/Brand.module.css";

/** The product's sign and name. */
export function Brand({ size = 24 }: { size?: number }) {
  return (
    <span className={classes.brand} style={{ fontSize: size * 0.68 }}>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="var(--accent)" />
        <path
          d="M7 24 14.2 8h3.6L25 24h-3.900l-1.500-3.600h-7.200L10.900 24Zm6.700-6.800h4.600L16 11.600Z"
          fill="#fff"
        />
      </svg>
      Abonent
    </span>
  );
}
