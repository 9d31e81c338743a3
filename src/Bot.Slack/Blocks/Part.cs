using System.Text.Json.Nodes;
using Bot.Cards;

namespace Bot.Slack.Blocks;

/// <summary>A card, read: what stands below what, before it is fitted into blocks.</summary>
internal abstract record Part
{
    private Part()
    {
    }

    public sealed record Heading(string Text) : Part;

    /// <summary>One paragraph. People's words are text runs, which Slack shows as they are: nothing in them can ping, link or format.</summary>
    public sealed record Words(IReadOnlyList<Inline> Runs, bool IsSubtle) : Part
    {
        public string Plain => PlainText.Of(Runs);

        public bool HasLink => Runs.Any(Links);

        private static bool Links(Inline run) => run switch
        {
            Inline.Link => true,
            Inline.Bold bold => bold.Inner.Any(Links),
            Inline.Italic italic => italic.Inner.Any(Links),
            _ => false,
        };
    }

    /// <summary>Words with one button beside them.</summary>
    public sealed record Beside(IReadOnlyList<Words> Said, JsonObject Button) : Part;

    public sealed record Line : Part;

    public sealed record Buttons(IReadOnlyList<JsonObject> All) : Part;

    /// <summary>Rows of cells, each of them some paragraphs; the first row is the head.</summary>
    public sealed record Grid(IReadOnlyList<IReadOnlyList<IReadOnlyList<Words>>> Rows) : Part;

    /// <summary>What stands in for it follows as words, whether it is shown or not.</summary>
    /// <param name="Block">Null where Slack shows none.</param>
    /// <param name="Numbers">The same in words, for those who do not see it.</param>
    public sealed record Chart(JsonObject? Block, string Numbers) : Part;

    public sealed record Field(JsonObject Block, string Label) : Part;
}

/// <summary>A card's parts, and the buttons at its foot, which stay when the rest is too long.</summary>
internal sealed record CardParts(IReadOnlyList<Part> Body, IReadOnlyList<JsonObject> Foot);
