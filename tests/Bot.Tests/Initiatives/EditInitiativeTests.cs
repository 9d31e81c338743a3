using Bot.Chat;
using Bot.Initiatives;
using Bot.Loops;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Initiatives;

public sealed class EditInitiativeTests : IAsyncLifetime
{
    private Product _product = null!;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task The_form_comes_filled_and_what_is_changed_is_saved_without_moving_the_stage()
    {
        var id = await _product.RegisterAsync("Lead scoring", Stage.Deploying, owner: "ana", but: i =>
        {
            i.Outcome = new OutcomeStatement("a daily list", null, null, null);
            i.Metric = new BehaviourMetric("Calls", "a week", 20, 60) { Wanted = Direction.Up };
            (i.PilotCost, i.PlannedEnd) = (1234.5, new DateOnly(2026, 10, 1));
        });

        var form = await _product.OpenAsync("ana", EditInitiative.Action, id.ToString());
        var values = Values(form);
        Assert.Equal(("Lead scoring", "a daily list", "Calls", "20", "Up", "1234.5", "2026-10-01"),
            (values["name"], values["capability"], values["metric"], values["baseline"], values["better"], values["cost"], values["plannedEnd"]));
        Assert.DoesNotContain("stage", values.Keys);
        values["timeframe"] = "12 weeks";
        var shown = Shown(await _product.SendAsync("ana", form.Ref, values));

        var it = await _product.UseAsync(db => db.Initiatives.SingleAsync());
        Assert.Equal((Stage.Deploying, "a daily list", "12 weeks", 1234.5, new DateOnly(2026, 10, 1)), (it.Stage, it.Outcome.Capability, it.Outcome.Timeframe, it.PilotCost, it.PlannedEnd));
        Assert.Equal(Direction.Up, it.Metric!.Wanted);
        Assert.Contains("within 12 weeks", shown);
        Assert.Single(await _product.UseAsync(db => db.StageChanges.ToListAsync()));
    }

    [Fact]
    public async Task It_keeps_its_own_name_and_cannot_take_another_s()
    {
        await _product.RegisterAsync("Ticket triage");
        var id = await _product.RegisterAsync("Lead scoring", owner: "ana");
        var form = await _product.OpenAsync("ana", EditInitiative.Action, id.ToString());

        var own = await _product.SendAsync("ana", form.Ref, new(Values(form)) { ["name"] = "LEAD scoring" });
        var other = await _product.SendAsync("ana", form.Ref, new(Values(form)) { ["name"] = "ticket TRIAGE" });

        Assert.Contains("LEAD scoring", Shown(own));
        Assert.Equal(["name"], Assert.IsType<Reply.FieldErrors>(other).Errors.Keys);
    }

    [Theory]
    [InlineData("ben", "ana", "Only Ana (owner) or a workspace admin")]
    [InlineData("ben", null, "Dev, who registered it, or a workspace admin")]
    public async Task Others_are_told_who_can(string who, string? owner, string said)
    {
        var id = await _product.RegisterAsync("Lead scoring", owner: owner, by: "dev");

        var opened = await _product.PressAsync(who, EditInitiative.Action, id.ToString());
        var sent = await _product.SendAsync(who, new ActionRef(InitiativeForm.Name, id.ToString()), new() { ["name"] = "Mine" });

        Assert.Contains(said, Shown(opened));
        Assert.Contains(said, Shown(sent));
        Assert.Equal("Lead scoring", await _product.UseAsync(db => db.Initiatives.Select(i => i.Name).SingleAsync()));
    }

    [Fact]
    public async Task A_new_owner_owns_the_running_loop_too_and_the_one_before_takes_part()
    {
        var loop = await _product.StartLoopAsync(people: ["ana", "ben"]);
        var id = await _product.UseAsync(db => db.Initiatives.Select(i => i.Id).SingleAsync());
        var form = await _product.OpenAsync("ana", EditInitiative.Action, id.ToString());
        var values = Values(form);
        values["owner"] = (await _product.PersonAsync("dev")).ToString();

        await _product.SendAsync("ana", form.Ref, values);

        var roles = await _product.UseAsync(db => db.Participants.Where(p => p.LoopId == loop).Join(db.People, p => p.PersonId, p => p.Id, (p, person) => new { person.ExternalId, p.Role })
            .OrderBy(p => p.ExternalId).ToListAsync());
        Assert.Equal([("ana", Role.User), ("ben", Role.User), ("dev", Role.Owner)], roles.Select(r => (r.ExternalId, r.Role)));
    }

    [Fact]
    public async Task What_was_typed_and_not_sent_is_there_again()
    {
        var id = await _product.RegisterAsync("Lead scoring", owner: "ana");
        var form = await _product.OpenAsync("ana", EditInitiative.Action, id.ToString());
        await _product.HearAsync(new FormClosed(_product.Next(), _product.Workspace, new ChatPerson("ana"), _product.Personal("ana"), form.Ref, new FormValues(new Dictionary<string, string> { ["name"] = "Lead scoring", ["source"] = "half a thought" })));

        Assert.Equal("half a thought", Values(await _product.OpenAsync("ana", EditInitiative.Action, id.ToString()))["source"]);
    }

    internal static Dictionary<string, string> Values(Form form) => Cards.CardFiles.OfType(form.Card.Content, "Input.").ToDictionary(i => (string)i["id"]!, i => i["value"]?.ToString() ?? "");

    private static string Shown(Reply reply) => CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card);
}
