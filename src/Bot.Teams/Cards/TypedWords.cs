using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bot.Chat;

namespace Bot.Teams.Cards;

/// <summary>
/// Cards say <c>/pilot status</c>, which in Teams would open a menu of Teams' own and reach nobody: there one types <c>@Afterpilot status</c>.
/// Only the product's words are said so; everything else stays as it was written.
/// </summary>
internal sealed class TypedWords(Catalogue catalogue)
{
    /// <summary>The bot's name in its manifest.</summary>
    public const string Called = "@Afterpilot";

    private static readonly HashSet<string> Said = ["text", "title", "value", "label", "placeholder", "fallbackText", "errorMessage"];

    private readonly Regex _typed = new(
        $@"(?<![\w/])/pilot(?= (?:{string.Join('|', catalogue.Words.Select(word => Regex.Escape(word.Word)))})\b)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public string In(string text) => text.Contains("/pilot ", StringComparison.Ordinal) ? _typed.Replace(text, Called) : text;

    /// <summary>Everywhere in a card but in what people typed into its inputs.</summary>
    public void Say(JsonNode? within)
    {
        switch (within)
        {
            case JsonArray list:
                foreach (var item in list)
                {
                    Say(item);
                }

                break;
            case JsonObject part:
                foreach (var (name, value) in part.ToList())
                {
                    if (value is JsonValue && Said.Contains(name) && value.GetValueKind() == System.Text.Json.JsonValueKind.String && !(name == "value" && part.ContainsKey("id")))
                    {
                        part[name] = In(value.GetValue<string>());
                    }
                    else
                    {
                        Say(value);
                    }
                }

                break;
        }
    }
}
