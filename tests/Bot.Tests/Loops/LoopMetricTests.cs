using Bot.Chat;
using Bot.Initiatives;
using Bot.Loops;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Loops;

public sealed class LoopMetricTests
{
    [Fact]
    public async Task A_loop_is_not_started_with_a_metric_of_the_model_and_is_told_why()
    {
        await using var product = await Product.StartAsync();
        var form = Assert.IsType<Reply.OpenForm>(await product.TypeAsync("ana", "loop new")).Form;
        var ana = (await product.UseAsync(db => db.People.SingleAsync(p => p.ExternalId == "ana"))).Id.ToString();

        var reply = await product.SendAsync("ana", form.Ref, Values(ana, "F1 score"), channel: Product.Team);

        var errors = Assert.IsType<Reply.FieldErrors>(reply).Errors;
        Assert.Equal(ModelMetric.Refusal("F1 score"), Assert.Single(errors).Value);
        Assert.Equal(0, await product.UseAsync(db => db.Loops.CountAsync()));
    }

    [Fact]
    public async Task A_metric_of_the_model_that_got_in_once_does_not_lock_the_other_settings_and_cannot_be_exchanged_for_another()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.StartLoopAsync(but: new() { ["metric"] = "Calls changed" });
        await product.UseAsync(async db =>
        {
            (await db.Initiatives.SingleAsync()).Metric = new BehaviourMetric("accuracy", null, null, null);
            await db.SaveChangesAsync();
        });
        var ana = (await product.UseAsync(db => db.People.SingleAsync(p => p.ExternalId == "ana"))).Id.ToString();
        var form = new ActionRef(LoopForm.Name, loop.ToString());

        var kept = await product.SendAsync("ana", form, new(Values(ana, "accuracy")) { ["minutes"] = "45" }, channel: Product.Team);
        var other = await product.SendAsync("ana", form, Values(ana, "recall"), channel: Product.Team);

        Assert.IsType<Reply.Silence>(kept);
        Assert.Equal(45, (await product.UseAsync(db => db.Loops.SingleAsync())).Slot.Minutes);
        Assert.Equal("metric", Assert.Single(Assert.IsType<Reply.FieldErrors>(other).Errors).Key);
    }

    private static Dictionary<string, string> Values(string owner, string metric) => new()
    {
        ["name"] = "Churn predictor", ["owner"] = owner, ["people"] = owner, ["day"] = "Thursday", ["time"] = "10:00", ["zone"] = "Europe/Berlin",
        ["minutes"] = "30", ["open"] = "24", ["remind"] = "3", ["metric"] = metric,
    };
}
