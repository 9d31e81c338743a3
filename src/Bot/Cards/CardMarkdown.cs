namespace Bot.Cards;

/// <summary>A paragraph or a list.</summary>
public abstract record Block
{
    private Block()
    {
    }

    public sealed record Paragraph(IReadOnlyList<Inline> Text) : Block;

    /// <param name="Start">The first number; null for a list with bullets.</param>
    public sealed record Items(int? Start, IReadOnlyList<IReadOnlyList<Inline>> Texts) : Block;
}

/// <summary>A piece of a line.</summary>
public abstract record Inline
{
    private Inline()
    {
    }

    public sealed record Text(string Value) : Inline;

    public sealed record Bold(IReadOnlyList<Inline> Inner) : Inline;

    public sealed record Italic(IReadOnlyList<Inline> Inner) : Inline;

    /// <param name="Url">Absolute, http or https.</param>
    public sealed record Link(string Url, IReadOnlyList<Inline> Inner) : Inline;

    public sealed record LineBreak : Inline;
}

/// <summary>
/// Adaptive Cards' subset of Markdown ("Text features"): bold, italic, links, both lists, line breaks, backslash escapes. What is no
/// such markup stays the text it is; HTML is text.
/// </summary>
public static class CardMarkdown
{
    public static IReadOnlyList<Block> Blocks(string text)
    {
        var blocks = new List<Block>();
        var lines = new List<string>();
        List<IReadOnlyList<Inline>>? items = null;
        int? start = null;

        void EndParagraph()
        {
            if (lines.Count > 0)
            {
                blocks.Add(new Block.Paragraph(Inlines(string.Join('\n', lines))));
                lines.Clear();
            }
        }

        void EndList()
        {
            if (items is not null)
            {
                blocks.Add(new Block.Items(start, items));
                items = null;
            }
        }

        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (Marker(line) is { } marker)
            {
                EndParagraph();
                if (items is null || start.HasValue != marker.Number.HasValue)
                {
                    EndList();
                    (items, start) = ([], marker.Number);
                }

                items.Add(Inlines(marker.Text));
            }
            else
            {
                EndList();
                if (string.IsNullOrWhiteSpace(line))
                {
                    EndParagraph();
                }
                else
                {
                    lines.Add(line);
                }
            }
        }

        EndParagraph();
        EndList();
        return blocks;
    }

    /// <summary>One run of text in which line ends are breaks; for headings and table-like places.</summary>
    public static IReadOnlyList<Inline> Inlines(string text) => new InlineReader(text.ReplaceLineEndings("\n")).ReadAll();

    private static (int? Number, string Text)? Marker(string line)
    {
        var text = line.TrimStart(' ');
        if (text is ['-' or '*', ' ', ..])
        {
            return (null, text[2..].Trim());
        }

        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits is > 0 and <= 6 && text.AsSpan(digits).StartsWith(". ") ? (int.Parse(text.AsSpan(0, digits)), text[(digits + 2)..].Trim()) : null;
    }
}
