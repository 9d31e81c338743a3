using System.Text.Json.Nodes;
using Bot.Chat;
using Microsoft.AspNetCore.Http;

namespace Bot.Web.Playground.Cards;

/// <summary>Reads what was typed into a card's inputs out of an ordinary form post.</summary>
public static class Typed
{
    /// <summary>Names of a card's fields start so in a form post.</summary>
    public const string Prefix = "f.";

    /// <summary>
    /// By field id, complete with the fields left empty. Several choices arrive as one field repeated and are joined; every other
    /// field counts with its last value, because a switch posts "false" always and "true" after it when it is on.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Read(JsonObject card, IFormCollection posted)
    {
        var typed = new Dictionary<string, string>();
        foreach (var input in card.Inputs())
        {
            var id = input.Text("id")!;
            if (posted.TryGetValue(Prefix + id, out var values) && values.Count > 0)
            {
                typed[id] = input.Type == "Input.ChoiceSet" && input.IsOn("isMultiSelect")
                    ? string.Join(FormValues.Separator, values.Where(value => !string.IsNullOrEmpty(value)))
                    : values[^1]?.ReplaceLineEndings("\n") ?? "";
            }
        }

        return typed;
    }
}
