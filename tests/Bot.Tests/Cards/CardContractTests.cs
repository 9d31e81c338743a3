using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bot.Cards;

namespace Bot.Tests.Cards;

/// <summary>
/// What every card in cards/ keeps to: one record each, samples that are that record, fields that exist, buttons that are registered,
/// inputs in forms only, elements every platform can show; and no data, however bare or hostile, that breaks it.
/// </summary>
public sealed partial class CardContractTests
{
    /// <summary>What every adapter translates; a new one is work on each platform.</summary>
    private static readonly HashSet<string> Elements =
    [
        "AdaptiveCard", "TextBlock", "RichTextBlock", "TextRun", "Container", "ColumnSet", "Column", "FactSet", "Table", "TableRow", "TableCell", "ActionSet",
        "Input.Text", "Input.Number", "Input.Date", "Input.Time", "Input.Toggle", "Input.ChoiceSet", "Action.Execute", "Action.OpenUrl",
        "Chart.Line",
    ];

    private static readonly string[] Parts = ["body", "items", "columns", "rows", "cells", "facts", "inlines", "actions", "choices"];

    [Fact]
    public void Every_template_has_one_record_and_every_record_its_template()
    {
        Assert.Equal(CardFiles.Templates.Keys.Order(), CardFiles.Records.Select(records => records.Key).Order());
        Assert.All(CardFiles.Records, records => Assert.Single(records));
    }

    [Fact]
    public void Every_template_has_a_sample_of_its_name_and_every_sample_a_template()
    {
        Assert.Empty(CardFiles.Templates.Keys.Except(CardFiles.Samples.Keys));
        Assert.Empty(CardFiles.Samples.Keys.Select(CardFiles.TemplateOf).Except(CardFiles.Templates.Keys));
    }

    [Fact]
    public void Every_registered_button_and_form_is_on_a_card()
    {
        var verbs = CardFiles.Templates.Keys.SelectMany(name => CardFiles.OfType(CardFiles.Template(name), "Action.Execute")).Select(button => (string)button["verb"]!);

        Assert.Empty(RegisteredNames().Except(verbs));
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void A_sample_has_every_property_of_its_record_and_no_other(string sample)
    {
        var refusal = Record.Exception(() => CardFiles.Fill(sample));

        Assert.Null(refusal);
    }

    [Theory, MemberData(nameof(CardFiles.EveryTemplate), MemberType = typeof(CardFiles))]
    public void Every_field_a_template_names_is_on_its_record(string template)
    {
        var references = CardFiles.Book.Templates[template].References;

        Assert.All(references, reference =>
        {
            // Only what an expression made itself (split(words, ...)) has no way from the record; nothing but the item may be read there.
            if (reference.FromRoot is not { } path)
            {
                Assert.Equal("$data", reference.Path);
            }
            else
            {
                Assert.True(Has(CardFiles.RecordOf(template), path), $"{reference.Pointer} reads {path}, which {CardFiles.RecordOf(template).Name} does not have.");
            }
        });
    }

    [Theory, MemberData(nameof(CardFiles.EveryTemplate), MemberType = typeof(CardFiles))]
    public void Only_elements_that_every_platform_can_show_are_used(string template)
    {
        var objects = CardFiles.Objects(CardFiles.Template(template)).ToList();

        Assert.All(objects.Where(part => part.ContainsKey("type")), part => Assert.Contains((string)part["type"]!, Elements));
        Assert.All(objects.SelectMany(part => part).Where(member => Parts.Contains(member.Key)), member => Assert.IsType<JsonArray>(member.Value));
        Assert.DoesNotContain(objects, part => part.ContainsKey("refresh") || part.ContainsKey("selectAction"));
        // A chart is an extension of one platform: the others show what stands in for it, and nothing else needs that.
        Assert.All(objects, part => Assert.Equal(((string?)part["type"])?.StartsWith("Chart.", StringComparison.Ordinal) == true, part["fallback"] is JsonObject));
    }

    [Theory, MemberData(nameof(CardFiles.EveryTemplate), MemberType = typeof(CardFiles))]
    public void A_template_is_an_adaptive_card_1_5_with_a_plain_text(string template)
    {
        var card = CardFiles.Template(template);

        Assert.Equal(
            ("AdaptiveCard", "http://adaptivecards.io/schemas/adaptive-card.json", "1.5", true),
            ((string?)card["type"], (string?)card["$schema"], (string?)card["version"], ((string?)card["fallbackText"])?.Length > 0));
    }

    [Theory, MemberData(nameof(CardFiles.EveryTemplate), MemberType = typeof(CardFiles))]
    public void Every_button_is_registered_and_carries_its_key_and_nothing_else(string template)
    {
        var buttons = CardFiles.OfType(CardFiles.Template(template), "Action.Execute").ToList();

        Assert.All(buttons, button =>
        {
            var registered = CardFiles.Catalogue.Action((string)button["verb"]!);
            Assert.True(registered?.IsForm == CardFiles.IsForm(template), $"{button["verb"]} is not registered as a {(CardFiles.IsForm(template) ? "form" : "button")}.");
            Assert.Equal("_ap", Assert.Single(button["data"]!.AsObject()).Key);
        });
        Assert.True(buttons.Count(button => (string?)button["style"] == "positive") <= 1, "There is one main button.");
    }

    /// <summary>What an expression makes is escaped as a whole: signs inside it would be shown as signs.</summary>
    [Theory, MemberData(nameof(CardFiles.EveryTemplate), MemberType = typeof(CardFiles))]
    public void Bold_type_stands_outside_of_expressions(string template) =>
        Assert.DoesNotContain(CardFiles.Texts(CardFiles.Template(template)), text => BoldInExpression().IsMatch(text));

    [Theory, MemberData(nameof(CardFiles.EveryTemplate), MemberType = typeof(CardFiles))]
    public void Inputs_stand_in_forms_only(string template)
    {
        var inputs = CardFiles.OfType(CardFiles.Template(template), "Input.").ToList();

        Assert.Equal(CardFiles.IsForm(template), inputs.Count > 0);
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void A_sample_leaves_no_placeholder_in_its_card(string sample)
    {
        var card = CardFiles.Fill(sample);

        Assert.DoesNotContain(CardFiles.Texts(card.Content), text => text.Contains("${", StringComparison.Ordinal));
        Assert.NotEmpty(card.Text);
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void No_card_breaks_when_all_that_may_be_missing_is_missing_whatever_its_switches_say(string sample)
    {
        var (template, full) = (CardFiles.TemplateOf(sample), CardFiles.Sample(sample));
        var record = CardFiles.RecordOf(template);
        JsonObject[] shapes = [full, CardFiles.Bare(record, full, emptyLists: false), CardFiles.Bare(record, full, emptyLists: true)];

        foreach (var data in shapes.SelectMany(WithEverySwitch))
        {
            var card = CardFiles.Fill(template, data);

            Assert.DoesNotContain(CardFiles.Texts(card.Content), text => text.Contains("${", StringComparison.Ordinal));
            Assert.False(string.IsNullOrWhiteSpace(card.Text));
            Assert.All(CardFiles.Objects(card.Content).SelectMany(IsRead), text => Assert.Equal(JsonValueKind.String, text?.GetValueKind()));
            Assert.All(CardFiles.OfType(card.Content, "RichTextBlock"), block => Assert.NotEmpty(block["inlines"]!.AsArray()));
        }
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void What_people_write_is_shown_as_they_wrote_it_on_every_card(string sample)
    {
        const string written = "# *a* [b](http://c) ${key} <d>";
        var data = CardFiles.Sample(sample);
        Rewrite(data, written);

        var card = CardFiles.Fill(CardFiles.TemplateOf(sample), data).Content;

        var marked = CardFiles.OfType(card, "TextBlock").Select(block => block["text"])
            .Concat(CardFiles.OfType(card, "FactSet").SelectMany(set => CardFiles.Objects(set["facts"]).SelectMany(fact => fact.Select(member => member.Value))));
        Assert.All(marked, text => Assert.Equal(Whole(text), Whole(text).Replace("[b]", MarkdownText.Escape("[b]"), StringComparison.Ordinal)));
        Assert.All(CardFiles.OfType(card, "TextRun").Concat(CardFiles.OfType(card, "Input.")).Append(card), part => Assert.DoesNotContain("\\[", $"{part["text"]}{part["label"]}{part["value"]}{part["fallbackText"]}", StringComparison.Ordinal));
    }

    /// <summary>What must be a text: a number in its place, which a single expression may yield, is silently not shown.</summary>
    private static IEnumerable<JsonNode?> IsRead(JsonObject part) => part
        .Where(member => member.Key is "text" or "title" or "label" or "placeholder" or "fallbackText" or "verb" or "_ap"
            || (member.Key == "value" && (string?)part["type"] != "Input.Number"))
        .Select(member => member.Value);

    private static string Whole(JsonNode? text) => text?.ToString() ?? "";

    private static IEnumerable<string> RegisteredNames() =>
        new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddBot().Select(service => service.ImplementationInstance).OfType<Bot.Chat.ActionName>().Select(action => action.Name);

    private static bool Has(Type type, string path)
    {
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var property = Array.Find(type.GetProperties(), candidate => JsonNamingPolicy.CamelCase.ConvertName(candidate.Name) == name);
            if (property is null)
            {
                return false;
            }

            type = CardFiles.ItemOf(property.PropertyType) ?? property.PropertyType;
        }

        return true;
    }

    /// <summary>The data with every combination of its switches; in a list all items switch together.</summary>
    private static IEnumerable<JsonObject> WithEverySwitch(JsonObject data)
    {
        var names = CardFiles.Objects(data).SelectMany(part => part).Where(IsSwitch).Select(member => member.Key).Distinct().ToList();
        for (var set = 0; set < 1 << names.Count; set++)
        {
            var switched = data.DeepClone().AsObject();
            foreach (var part in CardFiles.Objects(switched).ToList())
            {
                foreach (var name in part.Where(IsSwitch).Select(member => member.Key).ToList())
                {
                    part[name] = (set >> names.IndexOf(name) & 1) == 1;
                }
            }

            yield return switched;
        }
    }

    private static bool IsSwitch(KeyValuePair<string, JsonNode?> member) => member.Value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    private static void Rewrite(JsonNode within, string written)
    {
        foreach (var part in CardFiles.Objects(within).ToList())
        {
            foreach (var (name, value) in part.ToList())
            {
                if (value is JsonArray list)
                {
                    for (var i = 0; i < list.Count; i++)
                    {
                        list[i] = list[i] is JsonValue ? written : list[i]?.DeepClone();
                    }

                    foreach (var item in list.OfType<JsonObject>())
                    {
                        Rewrite(item, written);
                    }
                }
                else if (value?.GetValueKind() == JsonValueKind.String)
                {
                    part[name] = written;
                }
            }
        }
    }

    [GeneratedRegex(@"\$\{[^}]*\*\*", RegexOptions.None, 1000)]
    private static partial Regex BoldInExpression();
}
