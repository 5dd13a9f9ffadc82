-- Turns what page.py marked into calls of book.typ.

local function quoted(text)
  return '"' .. text:gsub('[\\"]', '\\%0'):gsub('%s+', ' ') .. '"'
end

-- pandoc cuts `data-` off a name, except where HTML has an attribute of the rest of it.
local function attributes(element)
  return setmetatable({}, { __index = function(_, key)
    return element.attributes[key] or element.attributes['data-' .. key]
  end })
end

local function written(blocks)
  local text = pandoc.write(pandoc.Pandoc(blocks), 'typst', { wrap_text = 'none' })
  return (text:gsub('%s+$', ''))
end

local function raw(text)
  return pandoc.RawBlock('typst', text)
end

-- Blocks with Typst before and after. Writing each part apart with `written` takes seconds on a
-- whole book, so one paragraph is taken as it is.
local function around(before, blocks, after)
  local out = pandoc.Inlines({ pandoc.RawInline('typst', before) })
  if #blocks == 1 and (blocks[1].t == 'Para' or blocks[1].t == 'Plain') then
    out:extend(blocks[1].content)
  elseif #blocks > 0 then
    out:insert(pandoc.RawInline('typst', written(blocks)))
  end
  out:insert(pandoc.RawInline('typst', after))
  return out
end

-- What numbers and names a figure or a table, as named arguments; the caption is its first block.
local function named(call, element)
  local at = attributes(element)
  local out = pandoc.Inlines({ pandoc.RawInline('typst', string.format(
    '#%s(label-name: %s, name: %s, number: %s, way: %s, ', call,
    quoted(element.identifier), quoted(at.name), quoted(at.number), quoted(at.way))) })
  local caption = element.caption.long
  out:extend(around('caption: [', pandoc.Blocks({ caption[1] }), '], '))
  if caption[2] then out:extend(around('legend: [', caption[2].content, '], ')) end
  return out
end

function Figure(figure)
  local out = named('book-figure', figure)
  out:insert(pandoc.RawInline('typst', '['))
  out:extend(figure.content[1].content)
  out:insert(pandoc.RawInline('typst', '])'))
  return pandoc.Plain(out)
end

local function add_rows(out, rows)
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row.cells) do
      local before = '['
      if cell.col_span > 1 or cell.row_span > 1 then
        before = string.format('table.cell(colspan: %d, rowspan: %d)[', cell.col_span, cell.row_span)
      end
      out:extend(around(before, cell.contents, '], '))
    end
    out:insert(pandoc.RawInline('typst', '\n'))
  end
end

function Table(found)
  local at = attributes(found)
  local widths = {}
  for width in at.widths:gmatch('%S+') do table.insert(widths, width .. 'pt') end
  local out = named('book-table', found)
  out:insert(pandoc.RawInline('typst', string.format(
    'widths: (%s,), sides: %s, size: %spt, hyphenate: %s,\n',
    table.concat(widths, ', '), quoted(at.sides), at.size, at.broken)))
  if #found.head.rows > 0 then
    out:insert(pandoc.RawInline('typst', 'table.header('))
    add_rows(out, found.head.rows)
    out:insert(pandoc.RawInline('typst', '),\n'))
  end
  for _, body in ipairs(found.bodies) do
    add_rows(out, body.head)
    add_rows(out, body.body)
  end
  add_rows(out, found.foot.rows)
  out:insert(pandoc.RawInline('typst', ')'))
  return pandoc.Plain(out)
end

local function references(div)
  local out = pandoc.Inlines({ pandoc.RawInline('typst', '#references((\n') })
  for _, block in ipairs(div.content) do
    if block.t == 'Div' then out:extend(around('[', block.content, '],\n')) end
  end
  out:insert(pandoc.RawInline('typst', '))'))
  return pandoc.Plain(out)
end

local function call(name, div)
  local at = attributes(div)
  local out = pandoc.Blocks({ raw(string.format('#%s(title: %s, kind: %s)[',
    name, quoted(at.title or ''), quoted(at.kind or ''))) })
  out:extend(div.content)
  out:insert(raw(']'))
  return out
end

function Div(div)
  local is = function(class) return div.classes:includes(class) end
  if is('references') then return references(div) end
  if is('box') then return call('aside', div) end
  if is('verdict') then return call('verdict', div) end
  if is('annotated') then return call('annotated', div) end
  if is('line') then
    return pandoc.Plain(around('#line-of(' .. quoted(attributes(div).kind) .. ')[', div.content, ']'))
  end
  if is('legend') or is('reference') then return nil end
  return div.content
end

-- With pandoc's own writing a term may be left at the foot of a page, its meaning on the next.
function DefinitionList(list)
  local out = pandoc.Inlines({ pandoc.RawInline('typst', '#terms(\n') })
  for _, item in ipairs(list.content) do
    local meaning = pandoc.Blocks({})
    for _, blocks in ipairs(item[2]) do meaning:extend(blocks) end
    out:insert(pandoc.RawInline('typst', 'terms.item(['))
    out:extend(item[1])
    out:extend(around('], [', meaning, ']),\n'))
  end
  out:insert(pandoc.RawInline('typst', ')'))
  return pandoc.Plain(out)
end

function Span(span)
  local out = pandoc.Inlines(span.content)
  if span.classes:includes('formula') then
    local formula = written({ pandoc.Plain(span.content) })
    return pandoc.RawInline('typst', string.format('#[#set math.equation(alt: %s);%s]',
      quoted(attributes(span).alt), formula))
  end
  local before, after = '', ''
  local lang = (span.attributes.lang or ''):match('^%a%a%a?')
  if lang then
    before, after = '#text(lang: ' .. quoted(lang) .. ')[', ']'
  end
  if span.classes:includes('whole') then -- never broken at the end of a line
    before, after = '#box[' .. before, after .. ']'
  end
  if span.classes:includes('claim') then
    before, after = '#claim[' .. before, after .. ']'
  end
  if span.classes:includes('rating') then
    before, after = '#rating(' .. quoted(span.classes[2] or '') .. ')[' .. before, after .. ']'
  end
  if span.identifier ~= '' then
    before = '#anchor(' .. quoted(span.identifier) .. ')' .. before
  end
  if before ~= '' then
    out:insert(1, pandoc.RawInline('typst', before))
    out:insert(pandoc.RawInline('typst', after))
  end
  return out
end

-- pandoc leaves `...` and `-5` as they are, which Typst sets as an ellipsis and a minus sign;
-- with every sign escaped no text of a source can be taken for a command.
function Str(str)
  if str.text:find('%p') then
    return pandoc.RawInline('typst', (str.text:gsub('%p', '\\%0')))
  end
end

function Image(image)
  local at = attributes(image)
  return pandoc.RawInline('typst', string.format('#image(%s, alt: %s, width: %s)',
    quoted(image.src), quoted(at.alt), at.width and (at.width .. 'pt') or 'auto'))
end
