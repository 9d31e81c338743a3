using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Evidence;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Portfolios;
using Bot.Readiness;
using Bot.Reviews;
using Bot.Trends;
using Bot.Warnings;

namespace Bot.Tests.Cards;

/// <summary>What every form keeps to: one submit, labels, the fields its parser reads, with the parser's limits and choices.</summary>
public sealed class FormContractTests
{
    [Theory]
    [InlineData("checkin-form", CheckInForm.Name, "rating", "comment", "struggles", "struggleText", "nameless", "drift", "driftSource", "driftExample", "probe", "metric", "hours")]
    [InlineData("decision-form", RecordDecision.FormName, "text")]
    [InlineData("action-form", AddAction.FormName, "text", "owner", "due")]
    [InlineData("experiment-form", SetExperiment.FormName, "change", "expect", "by")]
    [InlineData("loop-form", LoopForm.Name, "name", "owner", "people", "day", "time", "zone", "minutes", "open", "remind", "localTime", "async", "rotate", "metric", "unit", "baseline", "target")]
    [InlineData("holidays-form", SetHolidays.FormName, "list")]
    [InlineData("portfolio-form", SchedulePortfolio.FormName, "day", "time", "zone")]
    [InlineData("rebase-form", RebaseSeries.FormName, "from", "because", "sentence")]
    [InlineData("role-form", SetRole.FormName, "role", "joined")]
    [InlineData("initiative-form", InitiativeForm.Name, "cause${key}", "sentence${key}", "name", "stage", "capability", "behaviourChange", "userGroup", "timeframe", "owner", "builder", "metric", "unit", "baseline", "target", "better", "cost", "budget", "source", "changes", "doesNot", "plannedEnd")]
    [InlineData("stage-form", MoveStage.FormName, "stage", "reason", "cause", "sentence", "plannedEnd")]
    [InlineData("obstacle-form", AnswerObstacle.FormName, "cause", "sentence")]
    [InlineData("warning-answer-form", AnswerWarning.FormName, "text")]
    [InlineData("thresholds-form", SetThresholds.FormName, "${field}")]
    [InlineData("evidence-key-form", MakeEvidenceKey.FormName, "label")]
    [InlineData("plan-item-form", AddPlanItem.FormName, "kind", "text", "owner", "due")]
    [InlineData("outcome-form", WriteOutcome.FormName, "capability", "behaviour", "group", "timeframe")]
    [InlineData("owner-form", NameOwner.FormName, "owner")]
    [InlineData("timezone-form", ChooseTimeZone.FormName, "zone")]
    [InlineData("diagnose-form", TakeDiagnosis.FormName, "${id}")]
    public void A_form_has_the_fields_its_parser_reads_and_one_submit_of_its_name(string template, string name, params string[] fields)
    {
        var card = CardFiles.Template(template);

        Assert.Equal(fields, Inputs(card).Select(input => (string)input["id"]!));
        var submit = Assert.Single(CardFiles.OfType(card, "Action."));
        Assert.Equal((name, "${key}", "positive"), ((string?)submit["verb"], (string?)submit["data"]!["_ap"], (string?)submit["style"]));
    }

    [Fact]
    public void Every_form_is_listed_above()
    {
        var listed = typeof(FormContractTests).GetMethod(nameof(A_form_has_the_fields_its_parser_reads_and_one_submit_of_its_name))!
            .GetCustomAttributesData().Where(data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(data => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0].Value!);

        Assert.Equal(CardFiles.Templates.Keys.Where(CardFiles.IsForm).Order(), listed.Order());
    }

    [Theory, MemberData(nameof(CardFiles.EveryForm), MemberType = typeof(CardFiles))]
    public void Every_field_has_a_label_a_value_and_an_error_where_it_is_required(string template)
    {
        var inputs = Inputs(CardFiles.Template(template));

        Assert.All(inputs, input =>
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)input["label"]), $"{input["id"]} has no label.");
            Assert.False(string.IsNullOrWhiteSpace((string?)input["value"]), $"{input["id"]} forgets what was typed.");
            Assert.Equal((bool?)input["isRequired"] == true, input["errorMessage"] is not null);
        });
        Assert.Equal(inputs.Count, inputs.Select(input => (string)input["id"]!).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory, MemberData(nameof(CardFiles.EveryForm), MemberType = typeof(CardFiles))]
    public void A_switch_is_true_or_false(string template)
    {
        Assert.All(
            CardFiles.OfType(CardFiles.Template(template), "Input.Toggle"),
            toggle => Assert.Equal(("true", "false"), ((string?)toggle["valueOn"], (string?)toggle["valueOff"])));
    }

    [Theory]
    [InlineData("checkin-form", "comment", CheckInFields.MaxText)]
    [InlineData("checkin-form", "struggleText", CheckInFields.MaxText)]
    [InlineData("checkin-form", "driftSource", CheckInFields.MaxText)]
    [InlineData("checkin-form", "driftExample", CheckInFields.MaxText)]
    [InlineData("decision-form", "text", ReviewForms.MaxText)]
    [InlineData("action-form", "text", ReviewForms.MaxText)]
    [InlineData("experiment-form", "change", ReviewForms.MaxText)]
    [InlineData("experiment-form", "expect", ReviewForms.MaxText)]
    [InlineData("plan-item-form", "text", AddPlanItem.MaxText)]
    [InlineData("outcome-form", "capability", WriteOutcome.MaxText)]
    [InlineData("outcome-form", "behaviour", WriteOutcome.MaxText)]
    [InlineData("outcome-form", "group", WriteOutcome.MaxText)]
    [InlineData("outcome-form", "timeframe", WriteOutcome.MaxText)]
    [InlineData("rebase-form", "sentence", RebaseSeries.MaxReason)]
    [InlineData("loop-form", "name", Loop.MaxNameLength)]
    [InlineData("loop-form", "metric", Loop.MaxNameLength)]
    [InlineData("loop-form", "unit", LoopSettings.MaxUnit)]
    [InlineData("initiative-form", "sentence${key}", ObstacleAnswer.MaxSentence)]
    [InlineData("initiative-form", "name", Loop.MaxNameLength)]
    [InlineData("initiative-form", "capability", InitiativeEntry.MaxBlank)]
    [InlineData("initiative-form", "behaviourChange", InitiativeEntry.MaxBlank)]
    [InlineData("initiative-form", "userGroup", InitiativeEntry.MaxBlank)]
    [InlineData("initiative-form", "timeframe", InitiativeEntry.MaxBlank)]
    [InlineData("initiative-form", "metric", Loop.MaxNameLength)]
    [InlineData("initiative-form", "unit", LoopSettings.MaxUnit)]
    [InlineData("initiative-form", "source", InitiativeEntry.MaxBlank)]
    [InlineData("initiative-form", "changes", InitiativeEntry.MaxText)]
    [InlineData("initiative-form", "doesNot", InitiativeEntry.MaxText)]
    [InlineData("stage-form", "reason", MoveStage.MaxReason)]
    [InlineData("stage-form", "sentence", ObstacleAnswer.MaxSentence)]
    [InlineData("obstacle-form", "sentence", ObstacleAnswer.MaxSentence)]
    [InlineData("warning-answer-form", "text", AnswerWarning.MaxText)]
    [InlineData("evidence-key-form", "label", MakeEvidenceKey.MaxLabel)]
    public void A_text_may_be_as_long_as_its_parser_takes(string template, string field, int most)
    {
        Assert.Equal(most, (int?)Input(template, field)["maxLength"]);
    }

    [Fact]
    public void The_days_are_the_days_of_the_week()
    {
        Assert.Equal(Enum.GetNames<DayOfWeek>().Order(), Choices("loop-form", "day").Order());
        Assert.Equal(Choices("loop-form", "day"), Choices("portfolio-form", "day"));
    }

    [Fact]
    public void The_roles_are_the_roles_there_are_and_leaving()
    {
        Assert.Equal(Enum.GetNames<Role>().Append(SetRole.Leaves), Choices("role-form", "role"));
        Assert.Equal(Enum.GetNames<Joined>(), Choices("role-form", "joined"));
    }

    [Theory]
    [InlineData("initiative-form", "cause${key}")]
    [InlineData("stage-form", "cause")]
    [InlineData("obstacle-form", "cause")]
    public void The_causes_are_the_causes_there_are_and_called_what_they_are_called_on_every_card(string template, string field)
    {
        Assert.Equal(Enum.GetNames<Cause>(), Choices(template, field));
        Assert.Equal(
            Enum.GetValues<Cause>().Select(cause => cause == Cause.Unknown ? "unknown: nobody can say" : cause.Label()),
            Input(template, field)["choices"]!.AsArray().Select(choice => (string)choice!["title"]!));
    }

    [Fact]
    public void The_stages_are_the_stages_there_are_and_a_new_initiative_begins_in_two_of_them()
    {
        Assert.Equal(Enum.GetNames<Stage>(), Choices("stage-form", "stage"));
        Assert.Equal([nameof(Stage.Idea), nameof(Stage.Pilot)], Choices("initiative-form", "stage"));
        Assert.Equal(["auto", .. Enum.GetNames<Direction>()], Choices("initiative-form", "better"));
    }

    [Fact]
    public void The_kinds_of_the_plan_are_the_kinds_there_are() => Assert.Equal(Enum.GetNames<PlanKind>(), Choices("plan-item-form", "kind"));

    [Fact]
    public void Every_choice_of_the_check_in_is_one_its_parser_takes()
    {
        Assert.All(Choices("checkin-form", "rating"), rating => Assert.NotNull(CheckInFields.Parse(new([new("rating", rating)]), null, out _)));
        Assert.All(Choices("checkin-form", "drift"), drift => Assert.NotNull(CheckInFields.Parse(new([new("rating", "3"), new("drift", drift)]), null, out _)));
        Assert.All(Choices("checkin-form", "struggles"), struggle => Assert.NotNull(CheckInFields.Parse(new([new("rating", "3"), new("struggles", struggle)]), null, out _)));
    }

    [Fact]
    public void A_struggle_is_called_on_the_form_what_it_is_called_on_every_card()
    {
        Assert.All(Input("checkin-form", "struggles")["choices"]!.AsArray(), choice =>
        {
            var fields = CheckInFields.Parse(new([new("rating", "3"), new("struggles", (string)choice!["value"]!)]), null, out _)!;
            Assert.Equal(CheckInFields.Label(fields.Struggles), (string)choice["title"]!);
        });
    }

    [Fact]
    public void The_struggles_are_not_asked_again_once_given_without_a_name()
    {
        var ids = Inputs(CardFiles.Fill("checkin-form.gave-nameless").Content).Select(input => (string)input["id"]!);

        Assert.Equal(["rating", "comment", "drift", "driftSource", "driftExample"], ids);
    }

    [Fact]
    public void The_check_in_says_what_without_my_name_means()
    {
        var words = string.Join(' ', CardFiles.OfType(CardFiles.Fill("checkin-form").Content, "TextBlock").Select(block => (string?)block["text"]));

        Assert.All(
            ["stored without you", "Nobody can find it again", "cannot change or delete it later", "Only that you answered", "may be kept as a draft under your name", "from three answers up", "is held back"],
            promise => Assert.Contains(promise, words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rating", "4")]
    [InlineData("struggles", "wrong,training")]
    [InlineData("nameless", "true")]
    [InlineData("probe", "rather not")]
    [InlineData("metric", "41")]
    [InlineData("hours", "2,5")]
    public void The_check_in_comes_back_with_what_was_typed(string field, string typed)
    {
        var input = Inputs(CardFiles.Fill("checkin-form.owner-comes-back").Content).Single(input => (string?)input["id"] == field);

        Assert.Equal(typed, (string?)input["value"]);
    }

    private static List<JsonObject> Inputs(JsonNode card) => [.. CardFiles.OfType(card, "Input.")];

    private static JsonObject Input(string template, string field) => Inputs(CardFiles.Template(template)).Single(input => (string?)input["id"] == field);

    private static IEnumerable<string> Choices(string template, string field) => Input(template, field)["choices"]!.AsArray().Select(choice => (string)choice!["value"]!);
}
