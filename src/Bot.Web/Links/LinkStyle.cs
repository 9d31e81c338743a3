using Microsoft.AspNetCore.Http;

namespace Bot.Web.Links;

/// <summary>The style sheet of the pages behind links, out of the assembly.</summary>
public static class LinkStyle
{
    public const string Path = "/links/links.css";
    private static readonly byte[] Sheet = Load();

    public static IResult Handle(HttpContext call)
    {
        call.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(Sheet, "text/css; charset=utf-8");
    }

    private static byte[] Load()
    {
        using var stream = typeof(LinkStyle).Assembly.GetManifestResourceStream("links/links.css")
            ?? throw new InvalidOperationException("links.css is not inside the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
