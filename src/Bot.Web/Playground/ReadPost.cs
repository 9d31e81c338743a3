using Microsoft.AspNetCore.Http;

namespace Bot.Web.Playground;

/// <summary>Reads the posted form once, within limits; behind it a post is small and well-formed.</summary>
public static class ReadPost
{
    public const int MostBytes = 256 * 1024;

    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var request = call.HttpContext.Request;
        ReadBody.LiftServerLimit(call.HttpContext);
        if (request.ContentLength > MostBytes)
        {
            return TooLarge();
        }

        if (!request.HasFormContentType)
        {
            return Malformed();
        }

        try
        {
            if (await ReadBody.WithinAsync(request, MostBytes, call.HttpContext.RequestAborted) is not { } body)
            {
                return TooLarge();
            }

            request.Body = body;
            await request.ReadFormAsync(call.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException)
        {
            return Malformed();
        }
        catch (InvalidDataException)
        {
            return Malformed();
        }
        catch (NotSupportedException)
        {
            // A charset .NET refuses to read, such as UTF-7.
            return Malformed();
        }
        catch (IOException)
        {
            // A multipart body that ends too soon.
            return Malformed();
        }

        return await next(call);
    }

    private static IResult TooLarge() => Plain.Page(
        StatusCodes.Status413PayloadTooLarge, "Too large", $"That was more than {MostBytes / 1024} KB. Nothing was changed; go back, and what you typed is still there.");

    private static IResult Malformed() => Plain.Page(StatusCodes.Status400BadRequest, "Not understood", "That was no form of this page. Nothing was changed.");
}
