namespace Bot.Tests.Rights;

/// <summary>One lived workspace for all tests of a class.</summary>
public sealed class InALivedWorkspace : IAsyncLifetime
{
    internal Product Product { get; private set; } = null!;

    internal LivedWorkspace Lived { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Product = await Product.StartAsync();
        Lived = await LivedWorkspace.LiveAsync(Product);
    }

    public async Task DisposeAsync() => await Product.DisposeAsync();
}
