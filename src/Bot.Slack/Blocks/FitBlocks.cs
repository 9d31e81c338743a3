using System.Text.Json.Nodes;
using Bot.Cards;

namespace Bot.Slack.Blocks;

/// <summary>Makes blocks of parts, neighbouring paragraphs in one block, and cuts visibly what Slack would not take; buttons and inputs are never cut.</summary>
internal static class FitBlocks
{
    private const int LongestHeader = 150;
    private const int LongestSection = 3000;
    private const int MostInActions = 25;
    private const int MostRows = 100;
    private const int MostCells = 20;
    private const int MostTableText = 10_000;

    public static JsonArray Fit(IReadOnlyList<Part> parts, int most, bool withTable)
    {
        var blocks = new List<JsonObject>();
        var words = new List<Part.Words>();
        foreach (var part in parts)
        {
            if (part is Part.Words said && (words.Count == 0 || words[^1].IsSubtle == said.IsSubtle))
            {
                words.Add(said);
                continue;
            }

            EndWords();
            switch (part)
            {
                case Part.Words other:
                    words.Add(other);
                    break;
                case Part.Heading heading:
                    blocks.Add(new JsonObject { ["type"] = "header", ["text"] = PlainText.Object(heading.Text, LongestHeader) });
                    break;
                case Part.Line:
                    blocks.Add(new JsonObject { ["type"] = "divider" });
                    break;
                case Part.Beside beside:
                    blocks.Add(Section(beside));
                    break;
                case Part.Buttons buttons:
                    blocks.AddRange(buttons.All.Chunk(MostInActions).Select(chunk =>
                        new JsonObject { ["type"] = "actions", ["elements"] = new JsonArray([.. chunk.Select(button => button.DeepClone())]) }));
                    break;
                case Part.Grid grid when withTable && Fits(grid):
                    blocks.Add(Table(grid));
                    // One table in a message: a second one is written out.
                    withTable = false;
                    break;
                case Part.Grid grid:
                    words.AddRange(grid.Rows.Select((row, i) => new Part.Words(i == 0 ? [new Inline.Bold([new Inline.Text(string.Join(" · ", row))])] : [new Inline.Text(string.Join(" · ", row))], false)));
                    EndWords();
                    break;
                case Part.Chart chart:
                    blocks.Add(chart.Block);
                    break;
                case Part.Field field:
                    blocks.Add(field.Block);
                    break;
            }
        }

        EndWords();
        return new JsonArray([.. Cut(blocks, most)]);

        void EndWords()
        {
            blocks.AddRange(Paragraphs.Render(words));
            words.Clear();
        }
    }

    private static JsonObject Section(Part.Beside beside) => new()
    {
        ["type"] = "section",
        ["text"] = PlainText.Object(string.Join('\n', beside.Said.Select(words => PlainText.Of(words.Runs))), LongestSection),
        ["accessory"] = beside.Button.DeepClone(),
    };

    private static bool Fits(Part.Grid grid) =>
        grid.Rows.Count is > 0 and <= MostRows && grid.Rows.All(row => row.Count is > 0 and <= MostCells && row.Count == grid.Rows[0].Count) && grid.Rows.Sum(row => row.Sum(cell => cell.Length)) <= MostTableText;

    private static JsonObject Table(Part.Grid grid) => new()
    {
        ["type"] = "table",
        ["rows"] = new JsonArray([.. grid.Rows.Select(row => new JsonArray([.. row.Select(cell =>
            new JsonObject { ["type"] = "raw_text", ["text"] = cell.Length == 0 ? " " : cell })]))]),
    };

    private static IEnumerable<JsonObject> Cut(List<JsonObject> blocks, int most)
    {
        var over = blocks.Count - most;
        if (over <= 0)
        {
            return blocks;
        }

        // Lines between go first; then words, from the end.
        var gone = blocks.Where(block => (string?)block["type"] == "divider").Take(over).ToHashSet();
        if (gone.Count < over)
        {
            gone.UnionWith(Enumerable.Reverse(blocks).Where(block => (string?)block["type"] is not ("actions" or "input" or "header" or "divider")).Take(over + 1 - gone.Count));
            blocks.Insert(blocks.FindLastIndex(gone.Contains) + 1, Paragraphs.Subtle("… shortened"));
        }

        // With more buttons than blocks, the first rows of them stay.
        return blocks.Where(block => !gone.Contains(block)).Take(most);
    }
}
