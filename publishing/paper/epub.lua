-- Gives pandoc's EPUB writer what it has no form for, from what page.py marked. Attributes are lists
-- of pairs: the order of a Lua table's keys differs from run to run, and so would the bytes.

-- Boxes that a reader of the portable book has use for; all others are the notebook's.
local kept = { annotated = true, line = true, verdict = true }

-- pandoc cuts `data-` off a name, except where HTML has an attribute of the rest of it.
local function attribute(element, key)
  return element.attributes[key] or element.attributes['data-' .. key] or ''
end

local function label(text)
  return pandoc.Span(text, { class = 'label' })
end

-- The name, such as Figure 3, stands before the caption, and nothing else of the printed page stays.
local function name(element)
  local text = attribute(element, 'name')
  local caption = element.caption.long[1]
  if text ~= '' and caption then
    caption.content:insert(1, label(text))
    caption.content:insert(2, pandoc.Space())
  end
  element.attr = pandoc.Attr(element.identifier)
  return text
end

function Image(image)
  image.attributes = {}
  return image
end

function Figure(figure)
  name(figure)
  -- The writer finds a link's file by the anchor of a box, not of a figure.
  local id = figure.identifier
  figure.identifier = ''
  return pandoc.Div({ figure }, { id = id })
end

function Table(found)
  local text = name(found)
  -- A table written as Markdown has heads without a scope.
  for _, row in ipairs(found.head.rows) do
    for _, cell in ipairs(row.cells) do
      cell.attributes.scope = cell.attributes.scope or 'col'
    end
  end
  for _, body in ipairs(found.bodies) do
    for _, row in ipairs(body.row_head_columns > 0 and body.body or {}) do
      row.cells[1].attributes.scope = row.cells[1].attributes.scope or 'row'
    end
    local first = body.body[1] -- none where every row is a head
    if first and first.cells[1].attributes.scope then body.row_head_columns = 1 end
  end
  -- By keyboard, too: a region that scrolls must be reached.
  return pandoc.Div({ found }, pandoc.Attr('', { 'scroll' }, { { 'role', 'region' },
    { 'tabindex', '0' }, { 'aria-label', text ~= '' and text or 'Table' } }))
end

-- MathML as it was set: pandoc would write its own, without the words.
function Code(code)
  if code.classes:includes('formula') then return pandoc.RawInline('html', code.text) end
end

-- Older readers know a language only by the name that XML gives it.
function Span(span)
  span.attributes['xml:lang'] = span.attributes.lang
  return span
end

function Div(div)
  local class = div.classes[1]
  if class == 'box' then
    local title = attribute(div, 'title')
    local open = '<aside role="note">'
    if title ~= '' then
      title = pandoc.write(pandoc.Pandoc({ pandoc.Plain(title) }), 'html')
      open = string.format('<aside role="note" aria-label="%s">\n<p class="title">%s</p>',
        title:gsub('"', '&quot;'), title)
    end
    local out = pandoc.Blocks({ pandoc.RawBlock('html', open) })
    out:extend(div.content)
    out:insert(pandoc.RawBlock('html', '</aside>'))
    return out
  elseif class == 'references' then
    local items = div.content:map(function(source) return source.content end)
    return pandoc.Div({ pandoc.BulletList(items) }, { class = class })
  elseif class == 'reference' then
    return nil
  elseif class == 'line' then
    div.classes = { attribute(div, 'kind') }
    div.attributes['data-kind'], div.attributes.kind = nil, nil
    return div
  elseif not kept[class] then
    return div.content
  end
end
