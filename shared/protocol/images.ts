import { z } from 'zod'

/**
 * Pictures that a mail names, fetched by the hub when a person has asked for them.
 *
 * POST /v1/items/:item/images   ImageQuestion   Bearer -> bytes of one of `imageTypes`, by what they are, not by what was said
 */
export const ImageQuestion = z.object({ url: z.url({ protocol: /^https?$/ }).max(4000) })
export type ImageQuestion = z.infer<typeof ImageQuestion>

/** Raster only: others can hold scripts and addresses. */
export const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const
export type ImageType = (typeof imageTypes)[number]
