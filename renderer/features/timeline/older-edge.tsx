import { ArrowUp } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { faultSentence } from '../../app/faults.ts'
import { request } from '../../store/core.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/button.tsx'
import { useThread, useTimelineWords } from './context.ts'
import type { ThreadRow } from './thread.ts'
import { spineClass } from './thread-row.tsx'

/** Where what this desk holds ends: said plainly, and fetched when asked for (S6). */
export function OlderEdge({ row }: { row: Extract<ThreadRow, { kind: 'older' }> }) {
  const say = useTimelineWords()
  const { live } = useThread()
  const [asked, setAsked] = useState(false)
  const mounted = useRef(true)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])
  const loading = asked || row.loading

  const load = async (): Promise<void> => {
    setAsked(true)
    const results = await Promise.all(
      row.conversationIds.map(conversationId => request('loadOlder', { conversationId })),
    )
    const failed = results.find(result => !result.ok)
    if (failed && !failed.ok) toast(faultSentence(failed.fault), { tone: 'bad' })
    if (mounted.current) setAsked(false)
  }

  return (
    <div className={`${spineClass(row.spine)} tl-older`}>
      <div className="tl-c">
        <span>{live ? say('older') : say('older-offline')}</span>
        {live && (
          <Button small kind="line" icon={ArrowUp} busy={loading} onClick={() => void load()}>
            {say(loading ? 'loading-older' : 'load-older')}
          </Button>
        )}
      </div>
    </div>
  )
}
