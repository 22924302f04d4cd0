/** How far something is, in words and as a bar. */
export function Bar({ label, value, of }: { label: string; value: number; of: number }) {
  return (
    <label class="bar">
      <span>{label}</span>
      <progress value={value} max={of} />
    </label>
  );
}
