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
    public sealed record Words(IReadOnlyList<Inline> Runs, bool IsSubtle) : Part;

    /// <summary>Words with one button beside them.</summary>
    public sealed record Beside(IReadOnlyList<Words> Said, JsonObject Button) : Part;

    public sealed record Line : Part;

    public sealed record Buttons(IReadOnlyList<JsonObject> All) : Part;

    /// <summary>Rows of cells in words; the first row is the head.</summary>
    public sealed record Grid(IReadOnlyList<IReadOnlyList<string>> Rows) : Part;

    public sealed record Chart(JsonObject Block) : Part;

    public sealed record Field(JsonObject Block, string Label) : Part;
}
