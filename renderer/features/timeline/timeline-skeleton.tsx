/** The spine and three cards, where they will be. Shown only when it takes longer than the eye would notice. */
export const TimelineSkeleton = ({ label }: { label: string }) => (
  <div className="tl tl-skeleton" role="status" aria-label={label}>
    {['email', 'email', 'none'].map((colour, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
      <div key={index} className={`tl-row c-${colour}`}>
        <div className="tl-c tl-card">
          <i style={{ width: '34%' }} />
          <i style={{ width: '88%' }} />
          <i style={{ width: `${52 + index * 11}%` }} />
        </div>
      </div>
    ))}
  </div>
)
