using System.Text.Json.Nodes;
using Bot.Cards;

namespace Bot.Teams.Cards;

/// <summary>
/// Shows what is wrong with a form that was sent. Teams gives no place for it and no way to move the focus, and opens the form at its top:
/// so the top names the fields, and each has its message right under it, where a reader comes next.
/// </summary>
internal static class FieldErrors
{
    private const int MostNamed = 5;
    private const int LongestName = 60;

    public static void Show(JsonObject form, IReadOnlyDictionary<string, string> errors)
    {
        if (errors.Count == 0)
        {
            return;
        }

        var labels = new List<string>();
        var unplaced = new Dictionary<string, string>(errors);
        foreach (var input in CardParts.Inputs(form).ToList())
        {
            if (unplaced.Remove((string)input["id"]!, out var error))
            {
                labels.Add(input["label"]?.ToString() ?? input["title"]?.ToString() ?? "");
                CardParts.InsertAfter(input, Line(MarkdownText.Escape(error), "Small"));
            }
        }

        var body = form["body"]!.AsArray();
        foreach (var error in unplaced.Values.Reverse())
        {
            body.Insert(0, Line(MarkdownText.Escape(error), "Default"));
        }

        if (labels.Count > 0)
        {
            var named = string.Join("; ", labels.Take(MostNamed).Select(label => Say.Quoted(label, LongestName)));
            var more = labels.Count > MostNamed ? $"; and {labels.Count - MostNamed} more" : "";
            body.Insert(0, Line($"**Not saved yet.** Please look again at: {MarkdownText.Escape(named)}{more}", "Default"));
        }
    }

    private static JsonObject Line(string text, string spacing) => new()
    {
        ["type"] = "TextBlock",
        ["text"] = text,
        ["color"] = "Attention",
        ["spacing"] = spacing,
        ["wrap"] = true,
    };
}
