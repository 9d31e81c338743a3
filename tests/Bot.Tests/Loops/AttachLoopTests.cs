using Bot.Chat;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Tests.Initiatives;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Loops;

// A loop for an initiative that is in the register already, and one that puts a new one there.
public sealed class AttachLoopTests : IAsyncLifetime
{
    private Product _product = null!;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task A_new_loop_registers_its_initiative_with_the_stage_it_begins_in()
    {
        await _product.StartLoopAsync();

        var change = await _product.UseAsync(db => db.StageChanges.SingleAsync());
        Assert.Equal(((Stage?)null, Stage.Pilot, (PersonId?)await _product.PersonAsync("ana")), (change.From, change.To, change.By));
    }

    [Fact]
    public async Task The_name_of_a_registered_initiative_attaches_the_loop_to_it_and_its_entry_stays()
    {
        var id = await _product.RegisterAsync("Lead scoring", Stage.Deploying, owner: "ana", but: i =>
        {
            i.TrustedSource = "the CRM";
            i.Metric = new BehaviourMetric("Calls", "a week", 20, 60);
        });

        var loop = await _product.StartLoopAsync("LEAD scoring", but: new() { ["metric"] = "Something else", ["owner"] = (await _product.PersonAsync("ben")).ToString() });

        var it = await _product.UseAsync(db => db.Initiatives.SingleAsync());
        Assert.Equal(("Lead scoring", Stage.Deploying, "the CRM", "Calls", (PersonId?)await _product.PersonAsync("ana")), (it.Name, it.Stage, it.TrustedSource, it.Metric!.Name, it.OwnerId));
        Assert.Equal(id, await _product.UseAsync(db => db.Loops.Where(l => l.Id == loop).Select(l => l.InitiativeId).SingleAsync()));
        Assert.Equal(it.OwnerId, await _product.UseAsync(db => db.Participants.Where(p => p.LoopId == loop && p.Role == Role.Owner).Select(p => p.PersonId).SingleAsync()));
        Assert.Single(await _product.UseAsync(db => db.StageChanges.ToListAsync()));
    }

    [Fact]
    public async Task What_is_open_in_the_entry_is_filled_from_the_form()
    {
        await _product.RegisterAsync("Lead scoring", by: "ana");

        await _product.StartLoopAsync("Lead scoring", but: new() { ["metric"] = "Calls" });

        var it = await _product.UseAsync(db => db.Initiatives.SingleAsync());
        Assert.Equal(("Calls", (PersonId?)await _product.PersonAsync("ana")), (it.Metric!.Name, it.OwnerId));
    }

    [Fact]
    public async Task Somebody_else_s_initiative_is_not_attached_to_and_the_error_says_who_can()
    {
        await _product.RegisterAsync("Lead scoring", owner: "ben");

        var errors = await RefusedAsync("Lead scoring");

        Assert.Contains("Only Ben (owner) or a workspace admin", errors["name"]);
        Assert.Empty(await _product.UseAsync(db => db.Loops.ToListAsync()));
    }

    [Fact]
    public async Task One_whose_loop_runs_keeps_its_name()
    {
        await _product.StartLoopAsync();

        Assert.Equal(ChangeLoop.NameTaken["name"], (await RefusedAsync("churn PREDICTOR"))["name"]);
    }

    [Fact]
    public async Task The_form_of_a_new_loop_names_those_that_wait_for_one()
    {
        await _product.RegisterAsync("Lead scoring");
        await _product.RegisterAsync("Old", Stage.Retired);

        var shown = CardText.Of(Assert.IsType<Reply.OpenForm>(await _product.TypeAsync("ana", "loop new")).Form.Card);

        Assert.Contains("Registered and without a loop: Lead scoring.", shown);
    }

    [Fact]
    public async Task The_button_on_the_entry_opens_the_form_filled_with_it()
    {
        var id = await _product.RegisterAsync("Lead scoring", owner: "ben", but: i => i.Metric = new BehaviourMetric("Calls", null, 20, null));
        var channel = await _product.UseAsync(db => db.Channels.Select(c => c.Id).SingleAsync());

        var form = await _product.OpenAsync("ben", StartLoop.Action, $"{id}:{channel}");

        var values = EditInitiativeTests.Values(form);
        Assert.Equal(("Lead scoring", "Calls", "20", (await _product.PersonAsync("ben")).ToString()), (values["name"], values["metric"], values["baseline"], values["owner"]));
        values["people"] = values["owner"];
        Assert.IsType<Reply.Silence>(await _product.SendAsync("ben", form.Ref, values));
        Assert.Equal(id, await _product.UseAsync(db => db.Loops.Select(l => l.InitiativeId).SingleAsync()));
        Assert.Contains("has its loop already", CardText.Of(Assert.IsType<Reply.Whisper>(await _product.PressAsync("ben", StartLoop.Action, $"{id}:{channel}")).Card));
    }

    [Fact]
    public async Task The_button_needs_a_channel_and_the_right()
    {
        var id = await _product.RegisterAsync("Lead scoring", owner: "ben");

        Assert.Contains("A loop lives in a channel", CardText.Of(Assert.IsType<Reply.Whisper>(await _product.PressAsync("ben", StartLoop.Action, id.ToString())).Card));
        Assert.Contains("Only Ben (owner)", CardText.Of(Assert.IsType<Reply.Whisper>(await _product.PressAsync("dev", StartLoop.Action, id.ToString(), Product.Team)).Card));
    }

    [Fact]
    public async Task The_loop_s_settings_leave_which_way_is_better_alone()
    {
        var loop = await _product.StartLoopAsync(but: new() { ["metric"] = "Calls" });
        await _product.UseAsync(async db =>
        {
            var it = await db.Initiatives.SingleAsync();
            it.Metric = it.Metric! with { Wanted = Direction.Down };
            await db.SaveChangesAsync();
        });
        var form = Assert.IsType<Reply.OpenForm>(await _product.TypeAsync("ana", "loop")).Form;

        Assert.IsType<Reply.Silence>(await _product.SendAsync("ana", form.Ref, EditInitiativeTests.Values(form)));

        Assert.Equal(loop.ToString(), form.Ref.Key);
        Assert.Equal(Direction.Down, await _product.UseAsync(db => db.Initiatives.Select(i => i.Metric!.Wanted).SingleAsync()));
    }

    private async Task<IReadOnlyDictionary<string, string>> RefusedAsync(string name)
    {
        var form = Assert.IsType<Reply.OpenForm>(await _product.TypeAsync("ana", "loop new")).Form;
        var values = EditInitiativeTests.Values(form);
        values["name"] = name;
        return Assert.IsType<Reply.FieldErrors>(await _product.SendAsync("ana", form.Ref, values)).Errors;
    }
}
