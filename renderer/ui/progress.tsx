import './progress.css'

/** How far something is. Unknown (`total` 0) is a line that says so, not a wheel that turns. */
export function Progress({ label, done, total }: { label: string; done: number; total: number }) {
  const known = total > 0
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      {...(known
        ? { 'aria-valuenow': Math.min(done, total), 'aria-valuemin': 0, 'aria-valuemax': total }
        : {})}
    >
      <i
        className={known ? '' : 'progress-unknown'}
        style={known ? { scale: `${Math.min(1, done / total)} 1` } : {}}
      />
    </div>
  )
}
